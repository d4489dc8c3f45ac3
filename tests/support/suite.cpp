#include "support/suite_entry.h"

#include <cstdio>
#include <string_view>

namespace fplab::test {

namespace {

const SuiteEntry* first = nullptr; // set before main(), by the constructors of entries

std::string_view stem(std::string_view file)
{
    file.remove_prefix(file.rfind('/') + 1);
    return file.substr(0, file.find('.'));
}

} // namespace

SuiteEntry::SuiteEntry(const char* file, Main main)
    : m_file(file)
    , m_main(main)
    , m_next(first)
{
    first = this;
}

const SuiteEntry* SuiteEntry::find(const char* name)
{
    const SuiteEntry* entry = first;
    while (entry && stem(entry->m_file) != name)
        entry = entry->m_next;
    return entry;
}

void SuiteEntry::printNames()
{
    for (const SuiteEntry* entry = first; entry; entry = entry->m_next) {
        const auto name = stem(entry->m_file);
        std::printf("%.*s\n", static_cast<int>(name.size()), name.data());
    }
}

} // namespace fplab::test

int main(int argc, char** argv)
{
    using fplab::test::SuiteEntry;
    const SuiteEntry* entry = argc > 1 ? SuiteEntry::find(argv[1]) : nullptr;
    if (!entry) {
        std::puts("Which test? Its name, then the arguments of Qt Test:");
        SuiteEntry::printNames();
        return 2;
    }
    return entry->run(argc - 1, argv + 1); // the application has the name of the test, with settings of its own
}
