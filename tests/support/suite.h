#pragma once

#include <QTest>

/// Lets several test classes share a program: QTEST_MAIN and its kind no longer define main() but name the test after
/// its file; main() of suite.cpp runs the one that is asked for. CMake includes this before each test.
namespace fplab::test {

class SuiteEntry {
public:
    using Main = int (*)(int argc, char** argv);
    SuiteEntry(const char* file, Main main); ///< `file`: .../tst_name.cpp
    /// The test with this name; null without one.
    [[nodiscard]] static const SuiteEntry* find(const char* name);
    static void printNames();
    [[nodiscard]] int run(int argc, char** argv) const { return m_main(argc, argv); }

private:
    const char* m_file;
    Main m_main;
    const SuiteEntry* m_next;
};

} // namespace fplab::test

#undef QTEST_MAIN_WRAPPER
#define QTEST_MAIN_WRAPPER(TestObject, ...)                                                                            \
    static int run##TestObject([[maybe_unused]] int argc, [[maybe_unused]] char** argv)                                \
    {                                                                                                                  \
        QTest::Internal::callInitMain<TestObject>();                                                                   \
        __VA_ARGS__                                                                                                    \
        TestObject test;                                                                                               \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }                                                                                                                  \
    static const fplab::test::SuiteEntry suiteEntry##TestObject(__FILE__, run##TestObject);
