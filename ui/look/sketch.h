#pragma once

#include "ui/look/theme.h"

#include <QColor>
#include <QPainter>
#include <QRectF>

#include <vector>

namespace fplab {

/// What the picture of a card draws: curves over x, made from the settings and not trained.
struct Sketch {
    static constexpr int points = 400;
    std::vector<double> x, target;
    std::vector<double> output; ///< of the network early in the training; may be empty
    std::vector<double> solver; ///< what a grid solver has at the same time; may be empty
    QColor solverColor;
    double from = 0, to = 1; ///< training range
    bool outside = false; ///< the sketch reaches beyond it
    bool scattered = false; ///< samples lie at random
};

/// A Gaussian mean that needs nothing beyond the ends.
[[nodiscard]] std::vector<double> smoothed(const std::vector<double>& values, double width);
/// The smoothest curve that has still 78 % of the target's spread: what a network has learnt early.
[[nodiscard]] std::vector<double> earlyOutput(const std::vector<double>& target);

/// In a picture of that size: where curves go, and how many times as wide as usual they are.
struct PictureScale {
    QRectF area;
    double thickness;
};
[[nodiscard]] PictureScale pictureScale(QSizeF size);

/// Precondition: there is an x.
void drawSketch(QPainter& painter, QSizeF size, const Sketch& sketch, const Theme& theme);

} // namespace fplab
