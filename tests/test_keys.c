/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.c and key_line.c */
#include "support.h"

#include <limits.h>
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
		/* what is behind the type is not looked at */
		{ RSA "A", "ssh-rsa", "" },
		{ RSA "= x", "ssh-rsa", "x" },
		/* white space in the blob, which sshd(8) passes over */
		{ "ssh-rsa AA\vAA\fB3Nz\raC1yc2EAAAADAQABAAAAEQAA\v x",
		    "ssh-rsa", "x" },
		{ "ssh-rsa \vAAAAB3NzaC1yc2EAAAADAQABAAAAEQAA\f", "ssh-rsa",
		    "" },
		{ "ssh-rsa AAAA B3NzaC1yc2EAAAADAQABAAAAEQAA", NULL, NULL },
		{ "ssh-rsa AAAA!B3NzaC1yc2EAAAADAQABAAAAEQAA", NULL, NULL },
		{ "\vssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAEQAA", NULL, NULL },
		/* other names of the type: ssh-rsa, RSA, rsa-sha2-512 within */
		{ "rsa-sha2-256 AAAAB3NzaC1yc2EAAAADAQABAAAAEQAA",
		    "rsa-sha2-256", "" },
		{ "no-pty rsa-sha2-512 AAAAB3NzaC1yc2EAAAADAQABAAAAEQAA a b",
		    "rsa-sha2-512", "a b" },
		{ "ssh-rsa AAAAA1JTQQAAAAMBAAEAAAARAA==", "ssh-rsa", "" },
		{ "ssh-rsa AAAADHJzYS1zaGEyLTUxMgAAAAMBAAEAAAARAA==", "ssh-rsa",
		    "" },
		{ "RSA AAAAB3NzaC1yc2EAAAADAQABAAAAEQAA", NULL, NULL },
		{ "ssh-dss AAAAB3NzaC1yc2EAAAADAQABAAAAEQAA", NULL, NULL },
		/* one that we never heard of */
		{ "ssh-new AAAAB3NzaC1uZXcAAAADAQABAAAAEQA=", "ssh-new", "" },
		{ "command=\"open " ED25519, NULL, NULL },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----", NULL, NULL },
		{ "1024 65537 1234567890 old@ssh1", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[512];
		struct ward_key_parts parts;
		bool key;

		(void)snprintf(text, sizeof(text), "%s", cases[i].line);
		key = ward_key_parse(text, &parts);
		assert_int_equal(key, cases[i].type != NULL);
		if (key) {
			assert_string_equal(parts.type, cases[i].type);
			assert_string_equal(parts.comment, cases[i].comment);
		}
	}
}

static void
test_key_parse__options(void **state)
{
	static const struct {
		const char *line, *options;
	} cases[] = {
		{ ED25519 " wang@pc", "" },
		{ " no-pty " ED25519, "no-pty" },
		{ "command=\"echo hi\",no-pty\t " ED25519 " wang@pc",
		    "command=\"echo hi\",no-pty" },
		{ "from=\"10.0.0.1\",command=\"/bin/x a \\\" b\" " RSA " c",
		    "from=\"10.0.0.1\",command=\"/bin/x a \\\" b\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_key_parts parts;
		char text[512];

		(void)snprintf(text, sizeof(text), "%s", cases[i].line);
		assert_true(ward_key_parse(text, &parts));
		assert_string_equal(parts.options, cases[i].options);
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
		{ "/home/lee/.ssh/authorized_keys",
		    "command=\"echo hi\",no-pty " ED25519 " wang@pc\n"
		    "restrict,pty,command=\"/usr/local/sbin/backup --from 10.0.0."
		    "1 --to /srv\" " RSA " b@pc\n"
		    "environment=\"A=0123456789012345678901234567890123456789"
		    "012345\xe5\xaf\x86\" " RSA "\n"
		    "from=\"10.0.0.1,10.0.0.2\",command=\"/bin/x\","
		    "Environment=\"T=a,\\\",b c\",no-agent-forwarding " RSA
		    "\n" },
		{ "/home/bob/.ssh/known_hosts", "" },
		{ "/home/empty/.ssh/authorized_keys", "" },
		{ "/home/rel/.ssh/authorized_keys", RSA " rel@pc\n" },
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
look(struct ward_keys *keys, const struct ward_root *root, const char *path)
{
	struct ward_home home = { .path = NULL };

	assert_int_equal(ward_home_look(&home, root, path), 0);
	assert_int_equal(ward_keys_look(keys, root, &home), 0);
	ward_home_free(&home);
}

static void
expect(struct fixture *f, const char *home, bool known, size_t count,
    size_t owners, const char *names)
{
	size_t fds = ward_open_fds();

	look(&f->keys, f->root, home);
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
	assert_string_equal(f->keys.list[1].detail,
	    "no-pty ssh-rsa lee@pc from home");
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
	expect(f, "/home/lee", true, 4, 2, "wang b");
	assert_string_equal(f->keys.list[0].detail,
	    "command=\"echo...,no-pty ssh-ed25519 wang@pc");
	assert_string_equal(f->keys.list[1].detail,
	    "restrict,pty,command=\"/usr/local/sbin/backup... ssh-rsa b@pc");
	assert_string_equal(f->keys.list[2].detail, "environment=... ssh-rsa");
	assert_string_equal(f->keys.list[3].detail,
	    "from=\"10.0.0.1,10.0.0.2\",command=\"/bin/x\",Environment=...,no"
	    "... ssh-rsa");
	expect(f, "/home/empty", true, 0, 0, "");
	expect(f, "/nonexistent", true, 0, 0, "");
	expect(f, "/etc/shadow", true, 0, 0, "");
	expect(f, "", true, 0, 0, "");
	expect(f, "/", true, 0, 0, "");
	expect(f, "home/rel", true, 1, 1, "rel");
	assert_string_equal(f->keys.list[0].source.file,
	    "/home/rel/.ssh/authorized_keys");
}

static void
expect_lost(struct fixture *f, const char *home, const char *file,
    const char *why)
{
	look(&f->keys, f->root, home);
	assert_false(f->keys.known);
	assert_string_equal(f->keys.unread_why, why);
	if (file == NULL) {
		assert_null(f->keys.unread.file);
	} else {
		assert_string_equal(f->keys.unread.file, file);
	}
}

/* What a user can put there: none of it hangs, fails or leaves the root. */
static void
test_keys_look__hostile(void **state)
{
	struct fixture *f = *state;

	expect(f, "/home/out", true, 1, 1, "planted");
	expect_lost(f, "/home/loop", "/home/loop/.ssh",
	    "Too many levels of symbolic links");
	/* sshd(8) takes regular files only */
	expect(f, "/home/fifo", true, 0, 0, "");
	expect(f, "/home/dir", true, 0, 0, "");
}

static void
test_keys_look__deep(void **state)
{
	struct fixture *f = *state;
	char *home = calloc(1, 5000);

	assert_non_null(home);
	memset(home, '/', 4998);
	home[4998] = 'x';
	expect_lost(f, home, NULL, "the home's name is too long");
	free(home);
}

/* Of a large file every line is read, and none of one that is too large. */
static void
test_keys_look__large(void **state)
{
	struct fixture *f = *state;
	const size_t size = WARD_KEYS_FILE_MAX;
	char *text = malloc(size + 1);

	assert_non_null(text);
	memset(text, '#', size + 1);
	for (size_t i = 99; i < size; i += 100) {
		text[i] = '\n';
	}
	memcpy(text + 1100000, RSA " end@pc\n", sizeof(RSA " end@pc"));
	ward_tree_put(f->tree, "/home/large/.ssh/authorized_keys", text,
	    1100000 + sizeof(RSA " end@pc"));
	expect(f, "/home/large", true, 1, 1, "end");
	ward_tree_put(f->tree, "/home/fits/.ssh/authorized_keys", text, size);
	expect(f, "/home/fits", true, 1, 1, "end");
	ward_tree_put(f->tree, "/home/more/.ssh/authorized_keys", text,
	    size + 1);
	ward_tree_put(f->tree, "/home/more/.ssh/authorized_keys2",
	    RSA " two@pc\n", sizeof(RSA " two@pc"));
	expect_lost(f, "/home/more", "/home/more/.ssh/authorized_keys",
	    "larger than 16777216 bytes");
	assert_int_equal(f->keys.count, 1);
	/* One line of 16 MiB, with nothing behind it. */
	memset(text, ' ', size);
	memcpy(text + size - 1000, RSA, sizeof(RSA) - 1);
	ward_tree_put(f->tree, "/home/line/.ssh/authorized_keys", text, size);
	expect(f, "/home/line", true, 1, 0, "");
	free(text);
}

/* A file of /proc may hold a key, and is not ours to read. */
static void
test_keys_look__proc(void **state)
{
	struct ward_keys keys = { .known = false };
	struct fixture *f = *state;
	struct ward_root *root;
	char home[PATH_MAX];

	assert_int_equal(ward_root_new("/", &root, NULL), 0);
	ward_tree_link(f->tree, "/home/proc/.ssh/authorized_keys",
	    "/proc/self/environ");
	(void)snprintf(home, sizeof(home), "%s/home/proc", f->tree);
	look(&keys, root, home);
	assert_false(keys.known);
	assert_string_equal(keys.unread_why, "not a file of a disk");
	/* Below our root there is no such file. */
	expect(f, "/home/proc", true, 0, 0, "");
	ward_keys_free(&keys);
	ward_root_free(root);
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
	expect_lost(f, "/root", "/root/.ssh/authorized_keys",
	    "permission denied (run as root)");
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
		cmocka_unit_test(test_key_parse__options),
		TEST(test_keys_look__homes),
		TEST(test_keys_look__hostile),
		TEST(test_keys_look__deep),
		TEST(test_keys_look__large),
		TEST(test_keys_look__proc),
		TEST(test_keys_look__denied),
		TEST(test_keys_look__many_owners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
