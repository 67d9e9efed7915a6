/* SPDX-License-Identifier: BSD-2-Clause */
/* Is a name or network of sudoers(5) this host? */
#ifndef WARD_SUDOERS_HOSTS_H
#define WARD_SUDOERS_HOSTS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/base/root.h"

enum ward_sudo_host_answer {
	WARD_SUDO_HOST_OTHER = 0,
	WARD_SUDO_HOST_SAME,
	WARD_SUDO_HOST_UNKNOWN,
};

/* An address of the host, or of a rule; an IPv4 one is in the first four. */
struct ward_sudo_address {
	int family;
	uint8_t bytes[16], mask[16];
};

struct ward_sudo_hostname {
	char *name;       /* or NULL: not known */
	char *short_name; /* up to the first dot */
};

#define WARD_SUDO_CANONICAL_MAX 8

struct ward_sudo_host {
	struct ward_sudo_hostname own; /* as given */
	/* What hosts(5) makes of it: where sudo is built so (Debian's is), or
	 * with "Defaults fqdn", it goes by that one. */
	struct ward_sudo_hostname canonical[WARD_SUDO_CANONICAL_MAX];
	size_t canonical_count;
	struct ward_sudo_address *addresses;
	size_t address_count;
	bool addresses_known; /* those of the running host are ours */
};

/* name NULL: not known. running: it is this very host. 0, WARD_ERR_NOMEM,
 * WARD_ERR_IO (errno is set). */
int ward_sudo_host_init(struct ward_sudo_host *host, const char *name,
    bool running);
/* Find the canonical names in the root's /etc/hosts, if there is one that can
 * be read. 0 or WARD_ERR_NOMEM. */
int ward_sudo_host_read(struct ward_sudo_host *host,
    const struct ward_root *root);
void ward_sudo_host_free(struct ward_sudo_host *host);

enum ward_sudo_host_answer ward_sudo_host_name(const struct ward_sudo_host
						   *host,
    const char *pattern);
/* "10.0.0.1", "10.0.0.0/8", "10.0.0.0/255.0.0.0", "fe80::/10". */
enum ward_sudo_host_answer ward_sudo_host_network(const struct ward_sudo_host
						      *host,
    const char *network);

#endif
