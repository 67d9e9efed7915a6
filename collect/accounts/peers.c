/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/peers.h"

#include <stdlib.h>

#include "collect/base/grow.h"
#include "policy/policy.h"
#include "collect/base/table.h"

/* The first other account of each kind, or WARD_TABLE_NONE. */
struct peer {
	uint32_t of;
	uint32_t first[WARD_PEER_COUNT];
};

struct ward_peers {
	struct peer *list;
	uint32_t count, room;
	struct ward_table *table;
};

static const void *
account_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_peers *peers = arg;

	*ret_size = sizeof(peers->list[index].of);
	return &peers->list[index].of;
}

int
ward_peers_new(struct ward_peers **ret_peers)
{
	struct ward_peers *peers = calloc(1, sizeof(*peers));
	int r;

	if (peers == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = ward_table_new(account_of, peers, &peers->table);
	if (r != 0) {
		free(peers);
		return r;
	}
	*ret_peers = peers;
	return 0;
}

void
ward_peers_free(struct ward_peers *peers)
{
	if (peers != NULL) {
		ward_table_free(peers->table);
		free(peers->list);
		free(peers);
	}
}

/* That of the account, made if there is none yet. NULL: no memory. */
static struct peer *
peer_made(struct ward_peers *peers, uint32_t account)
{
	struct peer *p;
	uint32_t at;

	at = ward_table_find(peers->table, &account, sizeof(account));
	if (at != WARD_TABLE_NONE) {
		return &peers->list[at];
	}
	p = ward_grow(peers->list, peers->count, &peers->room, sizeof(*p));
	if (p == NULL) {
		return NULL;
	}
	peers->list = p;
	p += peers->count;
	p->of = account;
	for (size_t i = 0; i < WARD_PEER_COUNT; i++) {
		p->first[i] = WARD_TABLE_NONE;
	}
	if (ward_table_put(peers->table, peers->count, &at) != 0) {
		return NULL;
	}
	peers->count++;
	return p;
}

int
ward_peers_pair(struct ward_peers *peers, enum ward_peer_kind kind,
    uint32_t first, uint32_t later)
{
	struct peer *p = peer_made(peers, first);

	if (p == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (p->first[kind] == WARD_TABLE_NONE) {
		p->first[kind] = later;
	}
	p = peer_made(peers, later);
	if (p == NULL) {
		return WARD_ERR_NOMEM;
	}
	p->first[kind] = first;
	return 0;
}

uint32_t
ward_peers_find(const struct ward_peers *peers, enum ward_peer_kind kind,
    uint32_t account)
{
	uint32_t at;

	if (peers->count == 0) {
		return WARD_TABLE_NONE;
	}
	at = ward_table_find(peers->table, &account, sizeof(account));
	return at == WARD_TABLE_NONE ? at : peers->list[at].first[kind];
}
