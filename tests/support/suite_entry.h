#pragma once

namespace fplab::test {

/// A test of the program, known by the name of its file. The entries are static objects; main() runs one of them.
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
