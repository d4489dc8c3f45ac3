#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QVector>

class QMenu;

namespace fplab {

/// The switches and choices of a view: entries of its menu, and a state that can be kept between sessions. Keys and
/// ids are stable; texts are shown. The values belong to the view and must outlive this object.
class ViewOptions : public QObject {
    Q_OBJECT
public:
    struct Choice {
        QString id, text;
    };

    explicit ViewOptions(QObject* parent = nullptr);
    void addSwitch(const QString& key, const QString& text, bool& value);
    /// One of several, as a submenu; `value` is an index into `choices`.
    void addChoice(const QString& key, const QString& text, const QVector<Choice>& choices, int& value);

    void fillMenu(QMenu& menu);
    [[nodiscard]] QJsonObject state() const;
    /// Takes what it knows from `state` and leaves the rest as it is; changed() at most once.
    void restore(const QJsonObject& state);

Q_SIGNALS:
    void changed(); ///< a value is another one now

private:
    struct Switch {
        QString key, text;
        bool* value;
    };
    struct Selection {
        QString key, text;
        QVector<Choice> choices;
        int* value;
    };
    QVector<Switch> m_switches;
    QVector<Selection> m_selections;
};

} // namespace fplab
