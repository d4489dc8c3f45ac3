#include "core/files/data_file.h"
#include "support/fault_vfs.h"

#include <QTest>

using namespace fplab;

class TstDataFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pathsAreRelativeWhereBothMove()
    {
        QVERIFY(dataPathFrom("/a/b", "/a/b/c.csv") == "c.csv");
        QVERIFY(dataPathFrom("/a/b/", "/a/b/d/c.csv") == "d/c.csv");
        QVERIFY(dataPathFrom("/a/b", "/a/x/../b/c.csv") == "c.csv");
        QVERIFY(dataPathFrom("/a/b", "/a/c.csv") == "/a/c.csv");
        QVERIFY(dataPathFrom("/a/b", "/a/bb/c.csv") == "/a/bb/c.csv");
        QVERIFY(dataPathFrom("/", "/c.csv") == "c.csv");
    }

    void findsWhatIsThere()
    {
        FaultVfs vfs;
        vfs.files = {{"/e/sub/t.csv", "1"}, {"/other/t.csv", "2"}};
        const auto relative = findDataFile("sub/t.csv", "/e", vfs);
        QVERIFY(relative->path == "/e/sub/t.csv" && relative->note.empty());
        const auto absolute = findDataFile("/other/t.csv", "/e", vfs);
        QVERIFY(absolute->path == "/other/t.csv" && absolute->note.empty());
    }

    void looksBesideTheExperimentAtLast()
    {
        FaultVfs vfs;
        vfs.files = {{"/moved/t.csv", "1"}};
        for (const char* csv : {"/home/before/t.csv", "sub/t.csv", "../t.csv"}) {
            const auto found = findDataFile(csv, "/moved", vfs);
            QVERIFY(found->path == "/moved/t.csv");
            QVERIFY2(
                found->note.starts_with("The samples come from /moved/t.csv: there is no file /"), found->note.c_str());
        }
        const auto missing = findDataFile("sub/u.csv", "/moved", vfs);
        QVERIFY(!missing.ok());
        const auto text = missing.error().text();
        QVERIFY2(
            text.starts_with("/moved/sub/u.csv: could not be read: there is no such file or folder, and none of this "
                             "name beside the experiment, in /moved"),
            text.c_str());
        QVERIFY(missing.error().kind == ErrorKind::Input);
    }

    void freeNamesTakeNoPlace()
    {
        FaultVfs vfs;
        QVERIFY(freeName("out", "t.csv", "1", {}, vfs) == "t.csv");
        QVERIFY(freeName("out", "loss.csv", "1", {"loss.csv"}, vfs) == "loss-2.csv");
        vfs.files = {{"out/t.csv", "mine"}, {"out/t-2.csv", "mine too"}};
        QVERIFY(freeName("out", "t.csv", "1", {}, vfs) == "t-3.csv");
        QVERIFY(freeName("out", "t.csv", "mine too", {}, vfs) == "t-2.csv");
        QVERIFY(freeName("out", "t.csv", "mine", {}, vfs) == "t.csv");
    }
};

QTEST_GUILESS_MAIN(TstDataFile)
#include "tst_data_file.moc"
