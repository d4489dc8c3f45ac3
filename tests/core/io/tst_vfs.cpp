#include "core/io/vfs.h"
#include "support/fault_vfs.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace fplab;

class TstVfs : public QObject {
    Q_OBJECT

    static std::string path(const QTemporaryDir& folder, const char* name)
    {
        return folder.path().toStdString() + '/' + name;
    }
    static std::size_t count(const QTemporaryDir& folder)
    {
        const std::filesystem::directory_iterator begin(folder.path().toStdString()), end;
        return static_cast<std::size_t>(std::distance(begin, end));
    }

private Q_SLOTS:
    void savesAndLoads()
    {
        const QTemporaryDir folder;
        const std::string big(1'000'003, 'x');
        for (const std::string& content : {std::string(), std::string("a\0b", 3), big}) {
            const auto saved = saveFile(path(folder, "f"), content);
            QVERIFY(saved.ok());
            QVERIFY(*saved == SaveOutcome::Saved);
            QVERIFY(loadFile(path(folder, "f")).value() == content);
        }
        QCOMPARE(count(folder), std::size_t(1));
    }

    void keepsPermissions()
    {
        namespace fs = std::filesystem;
        const QTemporaryDir folder;
        const auto file = path(folder, "f");
        QVERIFY(saveFile(file, "1").ok());
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        QVERIFY(saveFile(file, "2").ok());
        QVERIFY(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    }

    void linksSurvive()
    {
        namespace fs = std::filesystem;
        const QTemporaryDir folder;
        QVERIFY(makeDirectories(path(folder, "real")).ok() && makeDirectories(path(folder, "links")).ok());
        const auto real = path(folder, "real/f");
        QVERIFY(saveFile(real, "0").ok());
        fs::permissions(real, fs::perms::owner_read | fs::perms::owner_write);
        fs::create_symlink(real, path(folder, "links/whole"));
        fs::create_symlink("../real/f", path(folder, "links/relative"));
        fs::create_symlink("relative", path(folder, "links/chain"));
        fs::create_symlink("../real", path(folder, "links/folder"));
        for (const char* name : {"links/whole", "links/relative", "links/chain", "links/folder/f"}) {
            QVERIFY2(saveFile(path(folder, name), name).ok(), name);
            QVERIFY(loadFile(real).value() == name);
            QVERIFY(fs::is_regular_file(fs::symlink_status(real)));
        }
        QVERIFY(fs::status(real).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
        for (const char* name : {"links/whole", "links/relative", "links/chain", "links/folder"})
            QVERIFY2(fs::is_symlink(path(folder, name)), name);
        QCOMPARE(std::distance(fs::directory_iterator(path(folder, "links")), {}), 4); // no temp file
        QCOMPARE(std::distance(fs::directory_iterator(path(folder, "real")), {}), 1);
    }

    void linksToNothing()
    {
        namespace fs = std::filesystem;
        const QTemporaryDir folder;
        fs::create_symlink("later", path(folder, "dangling"));
        QVERIFY(saveFile(path(folder, "dangling"), "x").ok());
        QVERIFY(fs::is_symlink(path(folder, "dangling")) && loadFile(path(folder, "later")).value() == "x");
        fs::create_symlink("no/such", path(folder, "nowhere"));
        const auto lost = saveFile(path(folder, "nowhere"), "x");
        QVERIFY(!lost.ok() && lost.error().text().find("there is no such file or folder") != std::string::npos);
        fs::create_symlink("b", path(folder, "a"));
        fs::create_symlink("a", path(folder, "b"));
        const auto circle = saveFile(path(folder, "a"), "x");
        QVERIFY(!circle.ok() && circle.error().text().find("lead in a circle") != std::string::npos);
        QVERIFY(fs::is_symlink(path(folder, "a")) && fs::is_symlink(path(folder, "nowhere")));
    }

    void onlyFilesAreReplaced()
    {
        const QTemporaryDir folder;
        QVERIFY(makeDirectories(path(folder, "d")).ok());
        std::filesystem::create_symlink("/dev/null", path(folder, "null"));
        for (const char* name : {"d", "null"}) {
            const auto saved = saveFile(path(folder, name), "x");
            QVERIFY2(!saved.ok() && saved.error().text().find("a folder or a device") != std::string::npos, name);
        }
        QCOMPARE(count(folder), std::size_t(2));
    }

    void withoutCommitNothingChanges()
    {
        const QTemporaryDir folder;
        QVERIFY(saveFile(path(folder, "f"), "old").ok());
        {
            AtomicFile file(path(folder, "f"));
            QVERIFY(file.write(std::string(200'000, 'y')).ok());
            QCOMPARE(count(folder), std::size_t(2));
        }
        QCOMPARE(count(folder), std::size_t(1));
        QVERIFY(loadFile(path(folder, "f")).value() == "old");
    }

    void tellsWhatIsWrong()
    {
        const QTemporaryDir folder;
        const auto missing = loadFile(path(folder, "none"));
        QVERIFY(!missing.ok());
        QVERIFY(missing.error().kind == ErrorKind::Input);
        QVERIFY(missing.error().text().find("none: could not be read: there is no such file") != std::string::npos);
        QVERIFY(!loadFile(folder.path().toStdString()).ok());
        const auto unsaved = saveFile(path(folder, "no/such/f"), "x");
        QVERIFY(!unsaved.ok());
        QVERIFY(unsaved.error().kind == ErrorKind::Disk);
        QVERIFY(unsaved.error().text().find("unchanged") != std::string::npos);
        QVERIFY(saveFile(path(folder, "f"), "12345").ok());
        QVERIFY(loadFile(path(folder, "f"), 5).ok());
        QVERIFY(!loadFile(path(folder, "f"), 4).ok());
    }

    void fullDiskOfTheSystem()
    {
        const int fd = Vfs::system().openForWrite("/dev/full", false);
        if (fd < 0)
            QSKIP("no /dev/full here");
        QCOMPARE(Vfs::system().write(fd, std::as_bytes(std::span("abc"))), std::int64_t(-ENOSPC));
        Vfs::system().close(fd);
    }

    void makesFolders()
    {
        const QTemporaryDir folder;
        const auto deep = path(folder, "a/b/c");
        QVERIFY(makeDirectories(deep).ok());
        QVERIFY(makeDirectories(deep).ok());
        QVERIFY(saveFile(deep + "/f", "x").ok());
        QVERIFY(!makeDirectories(deep + "/f/g").ok());
    }

    void everyFaultKeepsOldOrNew()
    {
        int injections = 0;
        for (const std::size_t size : {0u, 10u, 20'000u, 65'536u, 65'537u, 130'000u, 200'000u, 300'000u, 400'000u,
                 500'000u, 600'000u, 700'000u, 800'000u, 900'000u, 1'000'000u}) {
            const std::string content(size, 'n');
            injections += forEachFault([](FaultVfs& vfs) { vfs.files["out/f"] = "old content"; },
                [&](FaultVfs& vfs) {
                    AtomicFile file("out/f", vfs);
                    for (std::size_t at = 0; at < content.size(); at += 20'000)
                        (void)file.write(std::string_view(content).substr(at, 20'000));
                    return file.commit();
                },
                [&](const FaultVfs& vfs, const Result<SaveOutcome>& result, const Fault& fault) {
                    QVERIFY2(vfs.files.at("out/f") == (result ? content : "old content"),
                        "a file that is neither old nor new");
                    QVERIFY2(vfs.files.size() == 1, "a temp file is left");
                    QCOMPARE(vfs.openFiles(), std::size_t(0));
                    if (result) {
                        QVERIFY(fault.shortWrite || !fault.persistent || *result == SaveOutcome::SavedNotDurable);
                        return;
                    }
                    const auto text = result.error().text();
                    QVERIFY(result.error().kind == ErrorKind::Disk);
                    QVERIFY2(text.starts_with("out/f: not saved: could not "), text.c_str());
                    QVERIFY2(text.find("The previous file, if there was one, is unchanged.") != std::string::npos,
                        text.c_str());
                    if (fault.error == ENOSPC)
                        QVERIFY2(text.find("4096 bytes free in out") != std::string::npos, text.c_str());
                });
        }
        QVERIFY2(injections >= 2500, qPrintable(QString::number(injections)));
    }

    void everyFaultKeepsLinks()
    {
        const int injections = forEachFault(
            [](FaultVfs& vfs) {
                vfs.links = {{"out/f", "g"}, {"out/g", "/abs"}, {"/abs", "/real"}};
                vfs.files["/real"] = "old content";
            },
            [](FaultVfs& vfs) { return saveFile("out/f", "new content", vfs); },
            [](const FaultVfs& vfs, const Result<SaveOutcome>& result, const Fault& fault) {
                if (fault.error == ENOENT) // where a link stands, that would be a lie
                    return;
                QCOMPARE(vfs.files.size(), std::size_t(1));
                QCOMPARE(vfs.links.size(), std::size_t(3));
                QVERIFY(vfs.files.at("/real") == (result ? "new content" : "old content"));
                QVERIFY(result || result.error().text().starts_with("out/f: not saved: "));
            });
        QVERIFY2(injections >= 100, qPrintable(QString::number(injections)));
    }

    void interruptionsAndShortWritesDoNoHarm()
    {
        for (const Fault& fault : {Fault {EINTR, false, false}, Fault {0, false, true}, Fault {0, true, true}}) {
            FaultVfs vfs;
            const std::string content(200'000, 'z');
            for (int n = 0; n < 12; ++n) {
                vfs.failAt(n, fault);
                // A short "write" that hits another operation is an I/O error there, so only those that hit writes
                // count.
                const auto saved = saveFile("out/f", content, vfs);
                if (!fault.shortWrite)
                    QVERIFY(saved.ok());
                if (saved)
                    QVERIFY(vfs.files.at("out/f") == content);
            }
        }
    }

    void loadSurvivesFaults()
    {
        const std::string content(200'000, 'c');
        const int injections = forEachFault([&](FaultVfs& vfs) { vfs.files["f"] = content; },
            [](FaultVfs& vfs) { return loadFile("f", 1u << 20, vfs); },
            [&](const FaultVfs&, const Result<std::string>& result, const Fault&) {
                if (result)
                    QVERIFY(*result == content);
                else
                    QVERIFY(!result.error().text().empty());
            });
        QVERIFY(injections > 50);
    }
};

QTEST_GUILESS_MAIN(TstVfs)
#include "tst_vfs.moc"
