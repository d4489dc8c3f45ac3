#include "app/cli_progress.h"

#include "core/fields/json.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace fplab::cli {
namespace {

constexpr int barWidth = 30;

std::string duration(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

} // namespace

Progress::Progress(ProgressStyle style, const CountedExperiment& experiment, std::int64_t steps)
    : m_style(style)
    , m_experiment(experiment)
    , m_steps(steps)
    , m_start(std::chrono::steady_clock::now())
{
    if (style != ProgressStyle::None)
        m_thread = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

Progress::~Progress()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    if (m_style == ProgressStyle::Bar)
        std::fputs("\r\x1b[K", stderr); // the results take its place
}

void Progress::watch(const std::stop_token& stop)
{
    using namespace std::chrono_literals;
    const auto interval = m_style == ProgressStyle::Bar ? 100ms : m_style == ProgressStyle::Json ? 1000ms : 5000ms;
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); }))
        show();
}

void Progress::show()
{
    const auto step = m_experiment.stepsDone();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    const double rate = static_cast<double>(step) / seconds;
    const double left = rate > 0 ? static_cast<double>(m_steps - step) / rate : 0;
    if (m_style == ProgressStyle::Json) {
        JsonWriter out(0);
        out.beginObject().member("event", "progress").member("step", step).member("steps", m_steps);
        out.member("train_loss", m_experiment.loss()).member("steps_per_second", rate).member("seconds_left", left);
        std::printf("%s\n", out.endObject().text().c_str());
        std::fflush(stdout);
        return;
    }
    std::string line;
    if (m_style == ProgressStyle::Bar) {
        const auto filled = static_cast<std::size_t>(
            barWidth * std::clamp(static_cast<double>(step) / static_cast<double>(m_steps), 0.0, 1.0));
        line = "\r[" + std::string(filled, '#') + std::string(barWidth - filled, '.') + "] ";
    }
    line += "step " + std::to_string(step) + " of " + std::to_string(m_steps) + ", loss "
        + formatRounded(m_experiment.loss(), 3) + ", " + formatRounded(rate, 3) + " steps/s, " + duration(left)
        + " left";
    line += m_style == ProgressStyle::Bar ? "\x1b[K" : "\n";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
}

} // namespace fplab::cli
