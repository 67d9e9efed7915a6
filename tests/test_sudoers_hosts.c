/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support.h"

#include <string.h>
#include <sys/socket.h>

#include "collect/sudoers/hosts.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *network;
	enum ward_sudo_host_answer answer;
} networks[] = {
	{ "10.1.2.3", WARD_SUDO_HOST_SAME },
	{ "10.1.2.4", WARD_SUDO_HOST_OTHER },
	{ "10.1.2.0", WARD_SUDO_HOST_SAME }, /* its network, by its mask */
	{ "10.1.0.0", WARD_SUDO_HOST_OTHER },
	{ "10.0.0.0/8", WARD_SUDO_HOST_SAME },
	{ "10.9.9.9/8", WARD_SUDO_HOST_SAME },
	{ "10.1.2.2/31", WARD_SUDO_HOST_SAME },
	{ "10.1.2.4/31", WARD_SUDO_HOST_OTHER },
	{ "10.0.0.0/255.0.0.0", WARD_SUDO_HOST_SAME },
	{ "11.0.0.0/255.0.0.0", WARD_SUDO_HOST_OTHER },
	{ "0.0.0.0/0", WARD_SUDO_HOST_SAME },
	{ "fd00::1", WARD_SUDO_HOST_SAME },
	{ "fd00::", WARD_SUDO_HOST_SAME },
	{ "fd00::2", WARD_SUDO_HOST_OTHER },
	{ "fd00::/8", WARD_SUDO_HOST_SAME },
	{ "fe80::/10", WARD_SUDO_HOST_OTHER },
	{ "10.0.0.0/33", WARD_SUDO_HOST_UNKNOWN },
	{ "10.0.0", WARD_SUDO_HOST_UNKNOWN },
	{ "", WARD_SUDO_HOST_UNKNOWN },
};

static void
test_networks(void **state)
{
	struct ward_sudo_address addresses[] = {
		{ AF_INET, { 10, 1, 2, 3 }, { 255, 255, 255, 0 } },
		{ AF_INET6, { 0xfd, [15] = 1 },
		    { 255, 255, 255, 255, 255, 255, 255, 255 } },
	};
	struct ward_sudo_host host = { .addresses = addresses,
		.address_count = 2,
		.addresses_known = true };

	(void)state;
	for (size_t i = 0; i < LENGTH(networks); i++) {
		if (ward_sudo_host_network(&host, networks[i].network) !=
		    networks[i].answer) {
			print_error("network: %s\n", networks[i].network);
		}
		assert_int_equal(ward_sudo_host_network(&host,
				     networks[i].network),
		    networks[i].answer);
	}
	host.addresses_known = false;
	assert_int_equal(ward_sudo_host_network(&host, "10.1.2.3"),
	    WARD_SUDO_HOST_UNKNOWN);
}

/* The running host's own addresses, whichever they are; never the loopback. */
static void
test_running(void **state)
{
	struct ward_sudo_host host;

	(void)state;
	assert_int_equal(ward_sudo_host_init(&host, "a.b", true), 0);
	assert_true(host.addresses_known);
	assert_int_equal(ward_sudo_host_network(&host, "127.0.0.1"),
	    WARD_SUDO_HOST_OTHER);
	assert_string_equal(host.own.short_name, "a");
	ward_sudo_host_free(&host);
	assert_int_equal(ward_sudo_host_init(&host, NULL, false), 0);
	assert_false(host.addresses_known);
	assert_int_equal(ward_sudo_host_name(&host, "x"),
	    WARD_SUDO_HOST_UNKNOWN);
	ward_sudo_host_free(&host);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_running),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
