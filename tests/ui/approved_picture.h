#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTest>

#include <algorithm>
#include <cstdlib>

namespace fplab::test {

/// Pictures that somebody has looked at and found good, in tests/approved, at half size. Compared by blocks, so that
/// another way to smooth letters is no difference and a label that moved, a lost curve or another colour is.
class ApprovedPicture {
public:
    ApprovedPicture(const QString& name, const QImage& full)
        : m_name(name)
        , m_now(reduced(full))
    {
    }

    /// What is different, where, and where the picture of now lies; empty if it looks the same. With FPLAB_APPROVE set
    /// (all, or a list of names) the picture of now is written as the approved one.
    [[nodiscard]] QString difference() const
    {
        const QString approved = QStringLiteral(FPLAB_TEST_DIR "/approved/") + m_name + QStringLiteral(".png");
        const QString wanted = qEnvironmentVariable("FPLAB_APPROVE");
        if (wanted == QLatin1String("all") || wanted.split(u' ').contains(m_name))
            return QDir().mkpath(QStringLiteral(FPLAB_TEST_DIR "/approved")) && m_now.save(approved)
                ? QString()
                : approved + QStringLiteral(" cannot be written");
        const QImage before(approved);
        QString what;
        if (before.isNull())
            what = QStringLiteral("there is no approved picture");
        else if (before.size() != m_now.size())
            what = QStringLiteral("is %1x%2 and was %3x%4")
                       .arg(m_now.width())
                       .arg(m_now.height())
                       .arg(before.width())
                       .arg(before.height());
        else
            what = compared(before.convertToFormat(QImage::Format_RGB32));
        if (what.isEmpty())
            return {};
        const QString folder = QCoreApplication::applicationDirPath() + QStringLiteral("/pictures");
        const QString beside = folder + u'/' + m_name + QStringLiteral(".png");
        QDir().mkpath(folder);
        m_now.save(beside);
        if (!before.isNull())
            before.save(folder + u'/' + m_name + QStringLiteral("-approved.png"));
        return QStringLiteral("%1: %2. Look at %3; if it is good: tests/approve %1").arg(m_name, what, beside);
    }

private:
    static constexpr int block = 16; ///< pixels of the reduced picture
    static constexpr double mostInBlock = 14, mostOverall = 1.5; ///< mean difference of a colour, of 255
    static constexpr int shades = 8; ///< colours are rounded to: small files

    static QImage reduced(const QImage& full)
    {
        QImage half = full.scaled(full.width() / 2, full.height() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                          .convertToFormat(QImage::Format_RGB32);
        const auto round = [](int value) { return std::min(255, (value + shades / 2) / shades * shades); };
        for (int y = 0; y < half.height(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(half.scanLine(y));
            for (int x = 0; x < half.width(); ++x)
                line[x] = qRgb(round(qRed(line[x])), round(qGreen(line[x])), round(qBlue(line[x])));
        }
        half.setText(QStringLiteral("Software"), {});
        return half;
    }

    [[nodiscard]] QString compared(const QImage& before) const
    {
        double worst = 0, sum = 0;
        QRect where;
        for (int top = 0; top < m_now.height(); top += block)
            for (int left = 0; left < m_now.width(); left += block) {
                const QRect area = QRect(left, top, block, block) & m_now.rect();
                double here = 0;
                for (int y = area.top(); y <= area.bottom(); ++y)
                    for (int x = area.left(); x <= area.right(); ++x) {
                        const QRgb a = m_now.pixel(x, y), b = before.pixel(x, y);
                        here += (std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b))
                                    + std::abs(qBlue(a) - qBlue(b)))
                            / 3.0;
                    }
                sum += here;
                if (const double mean = here / (area.width() * area.height()); mean > worst) {
                    worst = mean;
                    where = area;
                }
            }
        const double overall = sum / (static_cast<double>(m_now.width()) * m_now.height());
        if (worst <= mostInBlock && overall <= mostOverall)
            return {};
        return QStringLiteral("differs by %1 at %2,%3 of the window, by %4 overall")
            .arg(worst, 0, 'f', 1)
            .arg(2 * where.left())
            .arg(2 * where.top())
            .arg(overall, 0, 'f', 2);
    }

    QString m_name;
    QImage m_now;
};

} // namespace fplab::test
