#pragma once

#include <QPainter>
#include <QWidget>
#include <QtNumeric>

// QCustomPlot's header takes in every header of Qt for a printer that its declarations never name, which is most of
// the time that it takes to compile.
#ifndef QT_QTPRINTSUPPORT_MODULE_H
#define QT_QTPRINTSUPPORT_MODULE_H
#endif
// It needs the keywords of Qt that this project switches off.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
