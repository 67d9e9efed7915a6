/* SPDX-License-Identifier: BSD-2-Clause */
/* FNV-1a: tells one run of bytes from another; no secret is kept by it. */
#ifndef WARD_STATE_HASH_H
#define WARD_STATE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Word by word, size a multiple of four: any one word that changes changes
 * it. */
uint32_t ward_hash_words(const void *bytes, size_t size);

#endif
