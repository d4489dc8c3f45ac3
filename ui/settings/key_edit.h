#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace fplab {

/// Shows a key, and takes the next one that is pressed. Tab, Esc and Enter alone keep their meaning: no trap.
class KeyEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit KeyEdit(QWidget* parent = nullptr);
    void setKey(const QKeySequence& key);
    [[nodiscard]] QKeySequence key() const { return m_key; }

Q_SIGNALS:
    void keyPressed(const QKeySequence& key);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QKeySequence m_key;
};

} // namespace fplab
