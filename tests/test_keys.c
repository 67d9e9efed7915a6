/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.c and key_line.c */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/accounts/keys.h"

/* Made for this test: the private halves exist nowhere. */
#define ED25519 \
	"ssh-ed25519 " \
	"AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
#define RSA "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAEQAAAAAAAAAAAAAAAAAAAAAA"
#define SK \
	"sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2gu" \
	"Y29tAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABHNzaDo="

static void
test_key_parse__cases(void **state)
{
	static const struct {
		const char *line, *type, *comment;
	} cases[] = {
		{ ED25519, "ssh-ed25519", "" },
		{ ED25519 " wang@pc", "ssh-ed25519", "wang@pc" },
		{ ED25519 "  wang lee \t\r", "ssh-ed25519", "wang lee" },
		{ " \t" RSA "\tx", "ssh-rsa", "x" },
		{ SK " yubi", "sk-ssh-ed25519@openssh.com", "yubi" },
		{ "no-pty " ED25519, "ssh-ed25519", "" },
		{ "cert-authority " ED25519 " ca", "ssh-ed25519", "ca" },
		{ "from=\"10.0.0.1\",command=\"/bin/x a \\\" b\" " RSA " c",
		    "ssh-rsa", "c" },
		{ "command=\"ssh-rsa x\" " ED25519, "ssh-ed25519", "" },
		{ "", NULL, NULL },
		{ "#" ED25519, NULL, NULL },
		{ "  # " ED25519, NULL, NULL },
		{ "ssh-ed25519", NULL, NULL },
		{ "ssh-ed25519 ", NULL, NULL },
		{ "ssh-ed25519 AAAA", NULL, NULL },
		/* the type within is another one */
		{ "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q",
		    NULL, NULL },
		{ "ssh-foo AAAAB3NzaC1yc2EAAAADAQABAAAAEQAA", NULL, NULL },
		{ RSA "A", NULL, NULL },
		{ RSA "=", NULL, NULL },
		{ "command=\"open " ED25519, NULL, NULL },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----", NULL, NULL },
		{ "1024 65537 1234567890 old@ssh1", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[512];
		const char *type, *comment;
		bool key;

		(void)snprintf(text, sizeof(text), "%s", cases[i].line);
		key = ward_key_parse(text, &type, &comment);
		assert_int_equal(key, cases[i].type != NULL);
		if (key) {
			assert_string_equal(type, cases[i].type);
			assert_string_equal(comment, cases[i].comment);
		}
	}
}

struct fixture {
	char *tree;
	struct ward_root *root;
	struct ward_keys keys;
};

static int
set_up(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/root/.ssh/authorized_keys",
		    "# two\n" ED25519 " Wang@pc\n"
		    "junk\n\nno-pty " RSA " lee@pc from home\n" },
		{ "/root/.ssh/authorized_keys2", SK " wang@laptop\n" },
		{ "/home/ann/.ssh/authorized_keys",
		    RSA " no owner\n" RSA " @pc\n" RSA " ann@\n" RSA "\n" },
		{ "/home/bob/.ssh/known_hosts", "" },
		{ "/home/empty/.ssh/authorized_keys", "" },
		{ "/etc/shadow", ED25519 " planted@here\n" }, { NULL, NULL }
	};
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->tree = ward_tree_new(files);
	ward_tree_link(f->tree, "/home/out/.ssh/authorized_keys",
	    "../../../../../../etc/shadow");
	ward_tree_link(f->tree, "/home/loop/.ssh", "../loop/.ssh");
	ward_tree_fifo(f->tree, "/home/fifo/.ssh/authorized_keys");
	ward_tree_dir(f->tree, "/home/dir/.ssh/authorized_keys");
	assert_int_equal(ward_root_new(f->tree, &f->root, NULL), 0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_keys_free(&f->keys);
	ward_root_free(f->root);
	ward_tree_remove(f->tree);
	free(f);
	return 0;
}

static void
expect(struct fixture *f, const char *home, bool known, size_t count,
    size_t owners, const char *names)
{
	size_t fds = ward_open_fds();

	assert_int_equal(ward_keys_look(&f->keys, f->root, home), 0);
	assert_int_equal(f->keys.known, known);
	assert_int_equal(f->keys.count, count);
	assert_int_equal(f->keys.owner_count, owners);
	assert_string_equal(f->keys.owner_names, names);
	assert_int_equal(ward_open_fds(), fds);
}

static void
test_keys_look__homes(void **state)
{
	struct fixture *f = *state;

	expect(f, "/root", true, 3, 2, "wang lee");
	assert_string_equal(f->keys.list[0].detail, "ssh-ed25519 Wang@pc");
	assert_string_equal(f->keys.list[0].source.file,
	    "/root/.ssh/authorized_keys");
	assert_int_equal(f->keys.list[0].source.line, 2);
	assert_string_equal(f->keys.list[1].detail, "ssh-rsa lee@pc from home");
	assert_int_equal(f->keys.list[1].source.line, 5);
	assert_string_equal(f->keys.list[2].source.file,
	    "/root/.ssh/authorized_keys2");
	expect(f, "/root", true, 3, 2, "wang lee");
	expect(f, "/root//", true, 3, 2, "wang lee");
	assert_string_equal(f->keys.list[0].source.file,
	    "/root/.ssh/authorized_keys");
	expect(f, "/home/ann", true, 4, 0, "");
	assert_string_equal(f->keys.list[3].detail, "ssh-rsa");
	expect(f, "/home/bob", true, 0, 0, "");
	expect(f, "/home/empty", true, 0, 0, "");
	expect(f, "/nonexistent", true, 0, 0, "");
	expect(f, "/etc/shadow", true, 0, 0, "");
	expect(f, "", true, 0, 0, "");
	expect(f, "/", true, 0, 0, "");
	expect(f, "home/ann", false, 0, 0, "");
}

/* What a user can put there: none of it hangs, fails or leaves the root. */
static void
test_keys_look__hostile(void **state)
{
	struct fixture *f = *state;
	char *large = calloc(1, WARD_KEYS_FILE_MAX + 1);

	assert_non_null(large);
	expect(f, "/home/out", true, 1, 1, "planted");
	expect(f, "/home/loop", false, 0, 0, "");
	expect(f, "/home/fifo", false, 0, 0, "");
	expect(f, "/home/dir", false, 0, 0, "");
	ward_tree_put(f->tree, "/home/large/.ssh/authorized_keys", large,
	    WARD_KEYS_FILE_MAX + 1);
	expect(f, "/home/large", false, 0, 0, "");
	ward_tree_put(f->tree, "/home/fits/.ssh/authorized_keys", large,
	    WARD_KEYS_FILE_MAX);
	expect(f, "/home/fits", true, 0, 0, "");
	free(large);
}

static void
test_keys_look__denied(void **state)
{
	struct fixture *f = *state;

	if (geteuid() == 0) {
		skip();
	}
	ward_tree_chmod(f->tree, "/root/.ssh/authorized_keys", 0);
	expect(f, "/root", false, 1, 1, "wang");
}

static void
test_keys_look__many_owners(void **state)
{
	struct fixture *f = *state;
	static char text[20000];
	size_t used = 0;

	for (int i = 0; i < 100; i++) {
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    RSA " owner%d@pc\n" RSA " OWNER%d@pc\n", i, i);
	}
	ward_tree_put(f->tree, "/home/many/.ssh/authorized_keys", text, used);
	expect(f, "/home/many", true, 200, 100,
	    "owner0 owner1 owner2 owner3 "
	    "owner4 owner5 owner6 owner7");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_parse__cases),
		TEST(test_keys_look__homes),
		TEST(test_keys_look__hostile),
		TEST(test_keys_look__denied),
		TEST(test_keys_look__many_owners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
