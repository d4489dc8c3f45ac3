#include "ui/text/number_text.h"

#include "core/signal/formula.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace fplab {
namespace {

/// "1e-06" -> "1e-6", "1e+20" -> "1e20"
QString tidyExponent(QString text)
{
    static const QRegularExpression exponent(QStringLiteral("e([+-]?)0*(\\d)"));
    const auto match = exponent.match(text);
    if (match.hasMatch()) {
        const QString sign = match.captured(1) == QLatin1String("-") ? QStringLiteral("-") : QString();
        text.replace(match.capturedStart(), match.capturedLength(), u'e' + sign + match.captured(2));
    }
    return text;
}

QString tr(const char* text) { return QCoreApplication::translate("NumberText", text); }

} // namespace

QString jsonNumber(double value) { return tidyExponent(QString::number(value, 'g', QLocale::FloatingPointShortest)); }

QString shortNumber(double value)
{
    if (std::abs(value) >= 1e5 && std::abs(value) < 1e9 && value == std::floor(value))
        return QString::number(value, 'f', 0);
    if (std::abs(value) >= 1e-4 && std::abs(value) < 1e-3) // 0.0005, not 5e-4
        return tidyExponent(QString::number(value, 'g', 3));
    return tidyExponent(QString::number(value, 'g', 6));
}

QString groupedNumber(std::int64_t value)
{
    QString digits = QString::number(value);
    for (auto i = digits.size() - 3; i > (value < 0 ? 1 : 0); i -= 3)
        digits.insert(i, QChar(0x202F));
    return digits;
}

ParsedNumber parseNumber(const QString& typed)
{
    static const QRegularExpression spaces(QStringLiteral("[\\s\\x{00A0}\\x{2009}\\x{202F}]"));
    static const QRegularExpression thousands(QStringLiteral("^[+-]?[1-9]\\d{0,2}(,\\d{3})+$"));
    QString text = typed;
    text.remove(spaces);
    text.replace(QChar(0x2212), u'-');
    text.replace(QChar(0xFF0C), u',');
    if (text.isEmpty())
        return {{}, tr("A number is needed")};
    if (thousands.match(text).hasMatch()) {
        QString without = text, decimal = text;
        without.remove(u',');
        decimal.replace(text.lastIndexOf(u','), 1, QStringLiteral("."));
        return {{}, tr("Write %1 or %2").arg(without, decimal.remove(u','))};
    }
    if (text.count(u',') == 1 && !text.contains(u'.') && !text.contains(u'('))
        text.replace(u',', u'.');
    bool ok = false;
    const double value = QLocale::c().toDouble(text, &ok);
    if (ok && std::isfinite(value))
        return {value, {}};
    const auto formula = Formula::parse(text.toStdString(), {.variables = {}});
    if (formula && std::isfinite((*formula)(0)))
        return {(*formula)(0), {}};
    return {{}, tr("\"%1\" is not a number").arg(typed.trimmed())};
}

} // namespace fplab
