#include "ui/model/kind_model.h"

#include "ui/model/kind_window.h"

namespace fplab {

bool KindModel::isTooLate(const QString&, const ExperimentSpec&) const { return false; }
std::optional<KindModel::Branch> KindModel::branch(const ExperimentEditor&) const { return std::nullopt; }
QString KindModel::equation(const QString&, const QString&) const { return {}; }

KindModels::KindModels(RunController& run, QObject* parent)
    : QObject(parent)
{
    for (const KindWindow& kind : kindWindows()) {
        if (!kind.makeModel)
            continue;
        m_models.push_back(kind.makeModel(run));
        connect(m_models.back().get(), &KindModel::changed, this, &KindModels::changed);
        connect(m_models.back().get(), &KindModel::problem, this, &KindModels::problem);
    }
}

void KindModels::open(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    for (const auto& model : m_models)
        model->open(spec, options);
}

void KindModels::follow(const ExperimentSpec& spec)
{
    for (const auto& model : m_models)
        model->follow(spec);
}

void KindModels::onPending(const ExperimentEditor& editor)
{
    for (const auto& model : m_models)
        model->onPending(editor);
}

KindModel* KindModels::current() const
{
    for (const auto& model : m_models)
        if (model->available())
            return model.get();
    return nullptr;
}

} // namespace fplab
