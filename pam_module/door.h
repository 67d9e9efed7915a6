/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_DOOR_H
#define WARD_DOOR_H

#include "state/state.h"

#endif
