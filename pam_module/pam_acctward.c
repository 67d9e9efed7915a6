/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_acctward.so: linux-pam's entry points. */
#include "pam_module/door.h"
