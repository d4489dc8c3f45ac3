#pragma once

#include <QListWidget>

namespace fplab {

/// The list of pages at the side of a dialog: rows of one height, as wide as its longest title.
class PageList : public QListWidget {
    Q_OBJECT
public:
    explicit PageList(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
};

} // namespace fplab
