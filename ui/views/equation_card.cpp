#include "ui/views/equation_card.h"

#include <QLabel>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {

QString paperS1()
{
    return QStringLiteral("<p style=\"margin-top:10px\"><small>Xu, Zhang, Luo, Xiao, Ma: <i>Frequency Principle: "
                          "Fourier Analysis Sheds Light on Deep Neural Networks</i>, 2019/2020.</small></p>");
}

QString paperS2()
{
    return QStringLiteral("<p style=\"margin-top:10px\"><small>Xu, Zhang, Xiao: <i>Training behavior of deep neural "
                          "network in frequency domain</i>, 2018/2019.</small></p>");
}

QString displayed(const QString& equation)
{
    return QStringLiteral("<p style=\"font-size:large\">%1</p>").arg(equation);
}

EquationCard::EquationCard(const QString& title, const QString& richText, const Theme& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("card", true);
    setAccessibleName(title);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 14);
    auto* heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("title"));
    auto* text = new QLabel(richText, this);
    text->setTextFormat(Qt::RichText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFixedWidth(qRound(360 * std::max(1.0, theme.fontScale)));
    QTextDocument plain;
    plain.setHtml(richText);
    text->setAccessibleName(plain.toPlainText());
    column->addWidget(heading);
    column->addWidget(text);
    auto* more = new QPushButton(tr("Read more"), this);
    more->setObjectName(QStringLiteral("equation.more"));
    more->setProperty("link", true);
    column->addWidget(more, 0, Qt::AlignLeft);
    connect(more, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT moreRequested();
    });
    text->setFocus();
}

} // namespace fplab
