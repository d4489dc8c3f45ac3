#pragma once

#include "ui/model/form_fields.h"
#include "ui/model/lab.h"
#include "ui/search/command_search.h"

namespace fplab {

/// The fields of the experiment as commands: "Learning rate 0.001" goes there, "Activation: ReLU" and, from what is
/// typed, "Set Learning rate to 0.01" edit as the panels do. Fields that do not matter now say why.
class SettingCommands {
public:
    struct Ways {
        std::function<void(const QString& path)> goTo;
        std::function<void(const QString& path, const QString& json)> edit;
        std::function<void(const QString& words)> type; ///< for what has no place to go to: asks for a value
    };
    /// `open`: an experiment is in sight. The editor outlives this object.
    SettingCommands(const ExperimentEditor& editor, bool open, Ways ways);

    [[nodiscard]] QList<Command> find(const QString& typed) const;

private:
    struct Setting {
        FormField field;
        QString label, place, json;
        QString why; ///< it does not matter now; empty if it does
        bool inPanel; ///< there is a place to go to
    };
    void collect(const ExperimentSpec& spec);
    [[nodiscard]] Command place(const Setting& setting) const;
    void addChoices(const Setting& setting, const QString& typed, QList<Command>& found) const;
    void addTyped(const Setting& setting, const QStringList& words, QList<Command>& found) const;

    const ExperimentEditor& m_editor;
    Ways m_ways;
    QList<Setting> m_settings;
};

} // namespace fplab
