#pragma once

#include "ui/export/exporter.h"
#include "ui/model/lab.h"

#include <QDialog>
#include <QTimer>

#include <vector>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace fplab {

class ExportFileList;
class PlotView;

/// Asks what, how and where, with a live preview and the list of files; writes, and shows errors in place. At most 1000
/// x 580.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `shown`: the visible views, not empty; `view`: the one to export first (nullptr = the first shown).
    ExportDialog(const Lab& lab, const std::vector<PlotView*>& shown, PlotView* view, QWidget* parent = nullptr,
        const ExportSettings& settings = {}, Vfs& vfs = Vfs::system());

    [[nodiscard]] const ExportSettings& settings() const { return m_settings; }
    /// Figures that Export would write now; with their CSVs these are the files that the dialog lists.
    [[nodiscard]] QStringList targets() const;

Q_SIGNALS:
    void exported(const QStringList& files); ///< what was written

private:
    void build();
    void readControls();
    void writeControls();
    void updatePreview();
    void chooseRows(bool ofView); ///< words and choice of the rows; `ofView`: as the view shows them
    void updateFacts(); ///< files, sizes, free space
    void checkName();
    void browse();
    void write();
    void showError(const QString& text);
    [[nodiscard]] std::vector<PlotView*> chosen() const;

    const Lab m_lab;
    std::vector<PlotView*> m_shown;
    PlotView* m_view;
    ExportSettings m_settings;
    Vfs& m_vfs;
    QTimer m_previewTimer, m_factsTimer;
    bool m_loading = false;

    QButtonGroup *m_what, *m_look, *m_rows;
    QComboBox *m_viewBox, *m_format, *m_size;
    QSpinBox* m_dpi;
    QDoubleSpinBox *m_width, *m_height, *m_font;
    QWidget* m_custom;
    QCheckBox *m_legend, *m_title, *m_caption, *m_step, *m_csv;
    QLabel *m_preview, *m_nameWarning, *m_facts, *m_errorText;
    ExportFileList* m_files;
    QFrame* m_error;
    QLineEdit* m_path;
    QPushButton* m_export;
};

} // namespace fplab
