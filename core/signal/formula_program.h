#pragma once

#include "core/signal/formula_tree.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace fplab {

/// A formula compiled for evaluation at many points: instructions over registers, each a block of values. What depends
/// on no variable is computed once, here. Immutable: any number of threads may run one.
class FormulaProgram {
public:
    /// Parameters without a value in `parameters` are 1.
    FormulaProgram(const FormulaTree& tree, std::size_t variables, const std::map<std::string, double>& parameters);

    /// values[i] at the point variables[0][i], variables[1][i], ...
    void run(std::span<const double* const> variables, double* values, std::size_t count) const;

    /// How far rounding may have moved the value at that point, to first order: every number and every operation adds
    /// half a unit of its last digit, and each operation passes on what its operands have.
    [[nodiscard]] double roundingAt(std::span<const double> point) const;

    /// Of a point without a finite value: whether a number became too large there, as in 1e308*10; false where there is
    /// none by definition, as of 1/0.
    [[nodiscard]] bool isTooLargeAt(std::span<const double> point) const;

private:
    struct Instruction {
        FormulaOp op;
        int index; ///< of calls: the function; of powers: an exponent that is done as a product, or 0
        int y, a, b, c; ///< registers
    };
    class Compiler;
    static void execute(const Instruction& instruction, const double* a, const double* b, const double* c, double* y,
        std::size_t count);

    // Registers: the variables, the constants, the temporary ones.
    std::size_t m_variables = 0;
    std::vector<double> m_constants;
    std::vector<Instruction> m_instructions;
    std::size_t m_temporaries = 0;
    int m_result = 0; ///< register
};

} // namespace fplab
