#pragma once

#include "ui/model/settings.h"

#include <QDialog>

#include <vector>

class QPushButton;
class QStackedWidget;

namespace fplab {

class KeyMap;
class PageList;
struct SettingsPage;

/// The settings, page by page. Everything applies at once; the dialog follows changes that are made elsewhere.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    /// Both outlive the dialog.
    SettingsDialog(SettingsStore& store, const KeyMap& keys, QWidget* parent = nullptr);
    ~SettingsDialog() override;

    /// In front, with the keyboard.
    void bringUp();
    /// One setting.
    struct Row {
        QString page, name, meaning;
        QWidget* control;
    };
    [[nodiscard]] QList<Row> rows() const;
    /// Shows it and puts the keyboard there.
    void showRow(const Row& row);

protected:
    bool focusNextPrevChild(bool next) override;

private:
    void addPage(SettingsPage page);
    void showValues();
    void resetPage();
    void fitToText();

    SettingsStore& m_store;
    std::vector<SettingsPage> m_pages;
    PageList* m_list;
    QStackedWidget* m_stack;
    QPushButton* m_reset;
};

} // namespace fplab
