#pragma once

#include "support/suite_entry.h"

#include <QTest>

// Lets several test classes share a program: QTEST_MAIN and its kind no longer define main() but name the test after
// its file; main() of suite.cpp runs the one that is asked for. CMake includes this before each test.
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
