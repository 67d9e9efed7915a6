/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/hosts.h"

#include <arpa/inet.h>
#include <fnmatch.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/base/lines.h"

/* Interfaces that are up and not the loopback, as sudo takes them. */
static bool
usable(const struct ifaddrs *i)
{
	return i->ifa_addr != NULL && i->ifa_netmask != NULL &&
	    (i->ifa_flags & IFF_UP) != 0 &&
	    (i->ifa_flags & IFF_LOOPBACK) == 0 &&
	    (i->ifa_addr->sa_family == AF_INET ||
		i->ifa_addr->sa_family == AF_INET6);
}

static void
copy_address(const struct sockaddr *sa, int family, uint8_t bytes[16])
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		memcpy(bytes, &in.sin_addr, 4);
	} else {
		memcpy(&in6, sa, sizeof(in6));
		memcpy(bytes, &in6.sin6_addr, 16);
	}
}

static int
read_addresses(struct ward_sudo_host *host)
{
	struct ifaddrs *list = NULL;
	size_t count = 0;

	if (getifaddrs(&list) != 0) {
		return WARD_ERR_IO;
	}
	for (struct ifaddrs *i = list; i != NULL; i = i->ifa_next) {
		count += usable(i) ? 1 : 0;
	}
	host->addresses = calloc(count + 1, sizeof(host->addresses[0]));
	if (host->addresses == NULL) {
		freeifaddrs(list);
		return WARD_ERR_NOMEM;
	}
	for (struct ifaddrs *i = list; i != NULL; i = i->ifa_next) {
		struct ward_sudo_address *a;

		if (!usable(i)) {
			continue;
		}
		a = &host->addresses[host->address_count++];
		a->family = i->ifa_addr->sa_family;
		copy_address(i->ifa_addr, a->family, a->bytes);
		copy_address(i->ifa_netmask, a->family, a->mask);
	}
	freeifaddrs(list);
	host->addresses_known = true;
	return 0;
}

static int
set_name(struct ward_sudo_hostname *host, const char *name)
{
	host->name = strdup(name);
	host->short_name = strndup(name, strcspn(name, "."));
	return host->name == NULL || host->short_name == NULL ? WARD_ERR_NOMEM :
								0;
}

static void
free_name(struct ward_sudo_hostname *host)
{
	free(host->name);
	free(host->short_name);
}

int
ward_sudo_host_init(struct ward_sudo_host *host, const char *name, bool running)
{
	int rc = 0;

	*host = (struct ward_sudo_host){ 0 };
	if (name != NULL) {
		rc = set_name(&host->own, name);
	}
	if (rc == 0 && running) {
		rc = read_addresses(host);
	}
	if (rc != 0) {
		ward_sudo_host_free(host);
	}
	return rc;
}

/* "127.0.1.1 web01.example.org web01": the address, its canonical name, and
 * others. */
static int
take_hosts_line(struct ward_sudo_host *host, char *text)
{
	static const char blanks[] = " \t\r";
	struct ward_sudo_hostname
	    *next = &host->canonical[host->canonical_count];
	const char *first = NULL;
	char *rest = text, *name;
	bool ours = false;

	text[strcspn(text, "#")] = '\0';
	for (size_t i = 0; (name = strtok_r(rest, blanks, &rest)) != NULL;
	     i++) {
		first = i == 1 ? name : first;
		ours = ours || (i > 0 && strcasecmp(name, host->own.name) == 0);
	}
	if (!ours || host->canonical_count == WARD_SUDO_CANONICAL_MAX) {
		return 0;
	}
	host->canonical_count++;
	return set_name(next, first);
}

int
ward_sudo_host_read(struct ward_sudo_host *host, const struct ward_root *root)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int fd, rc;

	if (host->own.name == NULL ||
	    ward_root_open(root, "/etc/hosts", &fd, NULL) != 0) {
		return 0;
	}
	rc = ward_lines_new(fd, &lines);
	while (rc == 0 && (rc = ward_lines_next(lines, &line)) > 0) {
		rc = take_hosts_line(host, line.text);
	}
	ward_lines_free(lines);
	return rc == WARD_ERR_NOMEM ? rc : 0;
}

void
ward_sudo_host_free(struct ward_sudo_host *host)
{
	free_name(&host->own);
	for (size_t i = 0; i < host->canonical_count; i++) {
		free_name(&host->canonical[i]);
	}
	free(host->addresses);
	*host = (struct ward_sudo_host){ 0 };
}

static bool
same(const char *pattern, const char *name)
{
	if (strpbrk(pattern, "\\?*[]") != NULL) {
		return fnmatch(pattern, name, FNM_CASEFOLD) == 0;
	}
	return strcasecmp(pattern, name) == 0;
}

/* A pattern with a dot wants the whole name. */
static bool
matches(const struct ward_sudo_hostname *host, const char *pattern)
{
	return same(pattern,
	    strchr(pattern, '.') != NULL ? host->name : host->short_name);
}

/* Where we have only the short name, the first label can at least tell that it
 * is another host. */
static enum ward_sudo_host_answer
same_first(const struct ward_sudo_host *host, const char *pattern)
{
	char *label = strndup(pattern, strcspn(pattern, "."));
	bool possible = label == NULL || same(label, host->own.name);

	free(label);
	return possible ? WARD_SUDO_HOST_UNKNOWN : WARD_SUDO_HOST_OTHER;
}

/* Which of its names sudo goes by depends on how it was built: what doesn't
 * hold for all of them can't be known. */
enum ward_sudo_host_answer
ward_sudo_host_name(const struct ward_sudo_host *host, const char *pattern)
{
	bool own;

	if (host->own.name == NULL) {
		return WARD_SUDO_HOST_UNKNOWN;
	}
	if (host->canonical_count == 0 && strchr(pattern, '.') != NULL &&
	    strchr(host->own.name, '.') == NULL) {
		return same_first(host, pattern);
	}
	own = matches(&host->own, pattern);
	for (size_t i = 0; i < host->canonical_count; i++) {
		if (matches(&host->canonical[i], pattern) != own) {
			return WARD_SUDO_HOST_UNKNOWN;
		}
	}
	return own ? WARD_SUDO_HOST_SAME : WARD_SUDO_HOST_OTHER;
}

static bool
parse_mask(const char *text, struct ward_sudo_address *net)
{
	size_t bits = net->family == AF_INET ? 32 : 128;
	uint64_t n;

	if (inet_pton(net->family, text, net->mask) == 1) {
		return true;
	}
	if (ward_parse_uint(text, 0, bits, &n) != 0) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		net->mask[i / 8] |= (uint8_t)(0x80 >> (i % 8));
	}
	return true;
}

static bool
parse_network(const char *text, struct ward_sudo_address *net, bool *has_mask)
{
	char address[INET6_ADDRSTRLEN + 1];
	size_t size = strcspn(text, "/");

	if (size >= sizeof(address)) {
		return false;
	}
	memcpy(address, text, size);
	address[size] = '\0';
	net->family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
	*has_mask = text[size] == '/';
	return inet_pton(net->family, address, net->bytes) == 1 &&
	    (!*has_mask || parse_mask(text + size + 1, net));
}

static bool
within(const struct ward_sudo_address *ours,
    const struct ward_sudo_address *net, bool has_mask)
{
	bool exact = !has_mask, masked = true;

	if (ours->family != net->family) {
		return false;
	}
	for (size_t i = 0; i < 16; i++) {
		uint8_t mask = has_mask ? net->mask[i] : ours->mask[i];
		uint8_t want = has_mask ? net->bytes[i] & mask : net->bytes[i];

		exact = exact && ours->bytes[i] == net->bytes[i];
		masked = masked && (ours->bytes[i] & mask) == want;
	}
	return exact || masked;
}

enum ward_sudo_host_answer
ward_sudo_host_network(const struct ward_sudo_host *host, const char *network)
{
	struct ward_sudo_address net = { 0 };
	bool has_mask;

	if (!host->addresses_known ||
	    !parse_network(network, &net, &has_mask)) {
		return WARD_SUDO_HOST_UNKNOWN;
	}
	for (size_t i = 0; i < host->address_count; i++) {
		if (within(&host->addresses[i], &net, has_mask)) {
			return WARD_SUDO_HOST_SAME;
		}
	}
	return WARD_SUDO_HOST_OTHER;
}
