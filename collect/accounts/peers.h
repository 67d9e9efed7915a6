/* SPDX-License-Identifier: BSD-2-Clause */
/* Accounts that share what each should have for itself. Most have no peer,
 * so those that do are kept apart. */
#ifndef WARD_PEERS_H
#define WARD_PEERS_H

#include <stdint.h>

enum ward_peer_kind {
	WARD_PEER_UID,
	WARD_PEER_NAME,
	WARD_PEER_HASH,
	WARD_PEER_COUNT
};

struct ward_peers;

int ward_peers_new(struct ward_peers **ret_peers);
void ward_peers_free(struct ward_peers *peers);

/* `later` has what `first` has already: they name each other, but `first`
 * names only the first of those that come later. */
int ward_peers_pair(struct ward_peers *peers, enum ward_peer_kind kind,
    uint32_t first, uint32_t later);
/* The other account, or WARD_TABLE_NONE. */
uint32_t ward_peers_find(const struct ward_peers *peers,
    enum ward_peer_kind kind, uint32_t account);

#endif
