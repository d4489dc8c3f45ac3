#include "core/run/state_bytes.h"

#include <array>
#include <string>

namespace fplab {
namespace {

constexpr std::uint32_t stateMagic = 0x53'4c'50'46; // "FPLS" in bytes

std::uint64_t numberOf(std::string_view kind) { return checksumOf(std::as_bytes(std::span(kind))); }

} // namespace

/// Four lanes of 64 bits, each like FNV-1a but by words, so that the processor does them side by side.
std::uint64_t checksumOf(std::span<const std::byte> bytes)
{
    constexpr std::uint64_t prime = 0x9e3779b97f4a7c15; // odd: a changed word always changes its lane
    std::array<std::uint64_t, 4> lanes {1, 2, 3, 4};
    const auto mix = [](std::uint64_t lane, std::uint64_t word) {
        lane = (lane ^ word) * prime;
        return lane ^ (lane >> 32);
    };
    std::size_t at = 0;
    for (; at + sizeof lanes <= bytes.size(); at += sizeof lanes) {
        std::array<std::uint64_t, 4> words;
        std::memcpy(words.data(), bytes.data() + at, sizeof words);
        for (std::size_t i = 0; i < lanes.size(); ++i)
            lanes[i] = mix(lanes[i], words[i]);
    }
    std::uint64_t sum = mix(bytes.size(), 0);
    for (const std::uint64_t lane : lanes)
        sum = mix(sum, lane);
    for (; at < bytes.size(); ++at)
        sum = mix(sum, std::to_integer<std::uint64_t>(bytes[at]));
    return sum;
}

StateWriter::StateWriter(std::string_view kind, std::uint32_t version)
    : m_header {.magic = stateMagic, .version = version, .kind = numberOf(kind)}
    , m_bytes(sizeof m_header)
{
}

ExperimentState StateWriter::take()
{
    const auto content = std::span<const std::byte>(m_bytes).subspan(sizeof m_header);
    m_header.size = content.size();
    m_header.checksum = checksumOf(content);
    std::memcpy(m_bytes.data(), &m_header, sizeof m_header);
    return std::move(m_bytes);
}

StateReader::StateReader(std::string_view kind, std::uint32_t version, std::span<const std::byte> state)
{
    StateHeader header;
    if (state.size() < sizeof header) {
        m_complaint = "it is cut off";
        return;
    }
    std::memcpy(&header, state.data(), sizeof header);
    const auto content = state.subspan(sizeof header);
    if (header.magic != stateMagic)
        m_complaint = "it is none";
    else if (header.kind != numberOf(kind))
        m_complaint = "it is of another kind of experiment";
    else if (header.version != version)
        m_complaint = "it is of another version of the program";
    else if (header.size != content.size())
        m_complaint = "it is cut off";
    else if (header.checksum != checksumOf(content))
        m_complaint = "it is damaged";
    else
        m_rest = content;
}

bool StateReader::take(std::size_t size)
{
    if (m_complaint)
        return false;
    if (size > m_rest.size()) {
        m_complaint = "it is cut off";
        m_rest = {};
        return false;
    }
    m_taken = m_rest.first(size);
    m_rest = m_rest.subspan(size);
    return true;
}

Status StateReader::status() const
{
    if (m_complaint)
        return foreignState(m_complaint);
    if (!m_rest.empty())
        return foreignState("it holds more than is known");
    return success();
}

Diagnostic foreignState(std::string_view why)
{
    return {.what = "the state of the experiment cannot be used: " + std::string(why)};
}

} // namespace fplab
