/* SPDX-License-Identifier: BSD-2-Clause */
/* collection.c and hand_on.c: whole roots, in and out. */
#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/collect.h"

#define KEY \
	"ssh-ed25519 " \
	"AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

static int
collect_tree(const char *tree, struct ward_collection **ret_collection,
    struct ward_error *err)
{
	const struct ward_collect_options options = { .root = tree,
		.now = { 1795000000, 480 },
		.root_groups = "docker disk" };

	return ward_collect(&options, ret_collection, err);
}

/* Appends what is read to a text. */
static void
note_file(void *arg, const char *file, uint64_t tried)
{
	char *text = arg;

	assert_int_equal(tried, 0);
	(void)strncat(text, file, 511 - strlen(text));
	(void)strncat(text, " ", 511 - strlen(text));
}

static void
test_collect__tells_what_it_reads(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "a:x:0:0::/:/bin/sh\n" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files), text[512] = "";
	const struct ward_collect_options options = { .root = tree,
		.progress = note_file,
		.progress_arg = text };
	struct ward_collection *collection = NULL;

	(void)state;
	assert_int_equal(ward_collect(&options, &collection, NULL), 0);
	assert_non_null(strstr(text, " /etc/passwd /etc/sudoers "));
	assert_non_null(strstr(text, " /var/log/lastlog "));
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

/* What somebody else knows, by the account and its password field. */
static void
add_mark(void *arg, struct ward_account *account, uint64_t mark)
{
	uint64_t *marks = arg;

	marks[account->uid.value] = mark;
	account->temporary = account->uid.value == 2;
}

static int
see_temporary(void *arg, const struct ward_account *account)
{
	(void)arg;
	assert_int_equal(account->temporary, account->uid.value == 2);
	return 0;
}

static int
see_defect(void *arg, const struct ward_defect *defect)
{
	(void)arg;
	(void)defect;
	return 0;
}

static void
test_collect__what_others_add(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd",
		    "a:x:0:0::/:/bin/sh\nb:$1$a$b:1:1::/:/bin/sh\n"
		    "c:x:2:2::/:/bin/sh\nd:x:3:3::/:/bin/sh\n"
		    "c:x:4:2::/:/bin/sh\n" },
		{ "/etc/shadow",
		    "a:*:1::::::\nb:$6$a$b:1::::::\nc:$y$j9T$c$d:1::::::\n" },
		{ NULL, NULL }
	};
	char *tree = ward_tree_new(files), *text = NULL;
	uint64_t marks[5] = { 9, 9, 9, 9, 9 };
	const struct ward_collect_options options = { .root = tree,
		.add = add_mark,
		.add_arg = marks };
	const struct ward_visitor visitor = { see_temporary, see_defect, NULL,
		NULL };
	struct ward_collection *collection = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	assert_non_null(stream);
	assert_int_equal(ward_collect(&options, &collection, NULL), 0);
	assert_int_equal(ward_collection_each(collection, &visitor, NULL), 0);
	assert_true(marks[0] == ward_password_mark("*"));
	assert_true(marks[1] == ward_password_mark("$1$a$b"));
	assert_true(marks[2] == ward_password_mark("$y$j9T$c$d"));
	assert_true(marks[3] == 0);
	assert_true(marks[4] == marks[2]);
	/* A snapshot has what was added, and no mark. */
	assert_int_equal(ward_snapshot_write(collection,
			     (struct ward_moment){ 0, 0 }, stream, NULL),
	    0);
	assert_int_equal(fclose(stream), 0);
	assert_non_null(strstr(text, "\"temporary\":true"));
	assert_null(strstr(text, "mark"));
	free(text);
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

/* What was handed on, as text: one line an account, path or defect. */
struct record {
	char text[4096];
	size_t used;
	size_t stop_after; /* accounts; 0: don't */
};

static void
write_number(struct record *r, const char *name, struct ward_optional number)
{
	if (number.known) {
		r->used += (size_t)snprintf(r->text + r->used,
		    sizeof(r->text) - r->used, " %s=%lld", name,
		    (long long)number.value);
	}
}

#define WRITE(r, ...) \
	((r)->used += (size_t)snprintf((r)->text + (r)->used, \
	     sizeof((r)->text) - (r)->used, __VA_ARGS__))

static void
write_peer(struct record *r, const char *what, struct ward_peer peer)
{
	if (peer.name != NULL) {
		WRITE(r, "  same %s: %s %s:%u\n", what, peer.name,
		    peer.source.file, (unsigned int)peer.source.line);
	}
}

static void
write_use(struct record *r, const struct ward_account *a)
{
	if (a->use == WARD_USE_SEEN) {
		WRITE(r, " use=%lld %s", (long long)a->last_use,
		    a->use_source.file);
	} else if (a->use == WARD_USE_NEVER) {
		WRITE(r, " use=never %s", a->use_source.file);
	}
}

static int
take_account(void *arg, const struct ward_account *a)
{
	struct record *r = arg;

	WRITE(r, "%s %s:%u", a->name, a->entry.file,
	    (unsigned int)a->entry.line);
	write_number(r, "uid", a->uid);
	write_number(r, "gid", a->gid);
	WRITE(r, " %s %s%s%s %s:%u state=%d", a->home, a->shell,
	    a->login_shell ? " login" : "", a->listed_shell ? " listed" : "",
	    a->shadow.file, (unsigned int)a->shadow.line,
	    (int)a->password.state);
	write_number(r, "cost", a->password.cost);
	write_number(r, "changed", a->changed);
	write_number(r, "max", a->max_age);
	write_number(r, "expires", a->expires);
	write_use(r, a);
	if (a->keys_known) {
		WRITE(r, " keys=%zu by %zu (%s)", a->key_count,
		    a->key_owner_count, a->key_owners);
	}
	WRITE(r, "\n");
	for (size_t i = 0; i < a->path_count; i++) {
		WRITE(r, "  %s: %s %s:%u\n",
		    ward_path_kind_name(a->paths[i].kind), a->paths[i].detail,
		    a->paths[i].source.file,
		    (unsigned int)a->paths[i].source.line);
	}
	if (a->defect_count > 0) {
		char text[512];

		ward_defects_text(a->defects, a->defect_count, text,
		    sizeof(text));
		WRITE(r, "  %s\n", text);
	}
	write_peer(r, "uid", a->same_uid);
	write_peer(r, "name", a->same_name);
	write_peer(r, "hash", a->same_hash);
	return r->stop_after > 0 && --r->stop_after == 0 ? 77 : 0;
}

static int
skip_account(void *arg, const struct ward_account *a)
{
	(void)arg;
	(void)a;
	return 0;
}

static int
take_defect(void *arg, const struct ward_defect *defect)
{
	struct record *r = arg;
	char text[256];

	ward_defects_text(defect, 1, text, sizeof(text));
	WRITE(r, "%s\n", text);
	return 0;
}

static void
expect_text(struct ward_collection *collection, const char *expected)
{
	struct record r = { .used = 0 };
	const struct ward_visitor visitor = { .account = take_account,
		.defect = take_defect,
		.arg = &r };

	assert_int_equal(ward_collection_each(collection, &visitor, NULL), 0);
	assert_string_equal(r.text, expected);
}

static int
see_service(void *arg, const struct ward_service *service)
{
	struct record *r = arg;

	WRITE(r, "service %s%s\n", service->name,
	    service->fragment ? " (fragment)" : "");
	return 0;
}

static int
see_name(void *arg, const struct ward_account *account)
{
	struct record *r = arg;

	WRITE(r, "%s\n", account->name);
	return 0;
}

/* Behind the accounts, before what belongs to none of them, in order. */
static void
test_collect__services(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "root:x:0:0::/:/bin/sh\nbroken:x:a:b\n" },
		{ "/etc/pam.d/su", "auth required pam_unix.so\n" },
		{ "/etc/pam.d/login", "auth include su\n" },
		{ "/etc/pam.d/Capital", "auth required pam_unix.so\n" },
		{ NULL, NULL },
	};
	char *tree = ward_tree_new(files);
	const struct ward_collect_options options = { .root = tree,
		.now = { 1795147200, 480 },
		.door_plan = "TEST 1" };
	struct ward_collection *collection = NULL;
	struct ward_error err = { .text = "" };
	struct record r = { .used = 0 };
	const struct ward_visitor visitor = { see_name, take_defect,
		see_service, &r };
	const char *at = r.text;

	(void)state;
	assert_int_equal(ward_collect(&options, &collection, &err), 0);
	assert_string_equal(ward_collection_host(collection)->door_plan,
	    "TEST 1");
	assert_int_equal(ward_collection_each(collection, &visitor, &err), 0);
	assert_int_equal(strncmp(at, "root\n", 5), 0);
	assert_null(strstr(at, "Capital"));
	assert_null(strstr(at, "capital"));
	at = strstr(at, "service login");
	assert_non_null(at);
	at = strstr(at, "service su");
	assert_non_null(at);
	assert_non_null(strstr(at, "wellformed_"));
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

static void
test_collect__whole(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/hostname", "# name\n\n web01 \n" },
		{ "/etc/login.defs", "UID_MIN 500\n" },
		{ "/etc/shells", "/bin/sh\n" },
		{ "/etc/passwd",
		    "root:x:0:0::/root:/bin/bash\n"
		    "wang:x:1001:100::/home/wang:\n"
		    "broken:x:a:b\n"
		    "toor:x:00:100::/home/toor:/bin/sh\n"
		    "none:*:7:7::/:/sbin/nologin\n" },
		{ "/etc/group",
		    "root:x:0:\nusers:x:100:\n"
		    "docker:x:999:wang\n" },
		{ "/etc/gshadow", "docker:!:toor:\nghost:!::\n" },
		{ "/etc/shadow",
		    "root:$y$j9T$s$h:20000:0:90:7::20500:\n"
		    "wang:!$y$j9T$s$h:20001::::::\nghost:*:1::::::\n" },
		{ "/home/wang/.ssh/authorized_keys",
		    KEY " wang@pc\n" KEY " lee@pc\n" },
		{ "/root/.ssh/authorized_keys", "\n" KEY " wang@pc\n" },
		{ "/var/log/lastlog", "" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	size_t fds = ward_open_fds();
	struct ward_collection *collection = NULL;
	static const char expected[] =
	    "root /etc/passwd:1 uid=0 gid=0 /root /bin/bash login "
	    "/etc/shadow:1 state=2 cost=5 changed=20000 max=90 expires=20500 "
	    "use=never /var/log/lastlog keys=1 by 1 (wang)\n"
	    "  uid0: uid 0 /etc/passwd:1\n"
	    "  key: ssh-ed25519 wang@pc /root/.ssh/authorized_keys:2\n"
	    "  same uid: toor /etc/passwd:4\n"
	    "  same hash: wang /etc/passwd:2\n"
	    "wang /etc/passwd:2 uid=1001 gid=100 /home/wang  login listed "
	    "/etc/shadow:2 state=3 cost=5 changed=20001 "
	    "use=never /var/log/lastlog keys=2 by 2 (wang lee)\n"
	    "  group: docker /etc/group:3\n"
	    "  same hash: root /etc/passwd:1\n"
	    "toor /etc/passwd:4 uid=0 gid=100 /home/toor /bin/sh login listed "
	    "/etc/shadow:0 state=0 use=never /var/log/lastlog keys=0 by 0 ()\n"
	    "  uid0: uid 0 /etc/passwd:4\n"
	    "  group: docker (administrator) /etc/gshadow:1\n"
	    "  wellformed_uid toor: '00' @4; wellformed_no_shadow toor @4\n"
	    "  same uid: root /etc/passwd:1\n"
	    "none /etc/passwd:5 uid=7 gid=7 / /sbin/nologin /etc/passwd:5 "
	    "state=4 use=never /var/log/lastlog\n"
	    "  wellformed_no_group none: 7 @5\n"
	    "wellformed_fields broken: 4 fields where 7 belong @3\n"
	    "wellformed_uid broken: 'a', which is no number @3\n"
	    "wellformed_gid broken: 'b', which is no number @3\n"
	    "wellformed_no_gshadow_group: ghost @2\n"
	    "wellformed_no_account ghost @3\n";

	(void)state;
	assert_int_equal(collect_tree(tree, &collection, NULL), 0);
	assert_string_equal(ward_collection_host(collection)->name, "web01");
	assert_int_equal(ward_collection_host(collection)->uid_min, 500);
	assert_int_equal(ward_collection_host(collection)->uid_max, 60000);
	assert_int_equal(ward_collection_host(collection)->now.zone, 480);
	expect_text(collection, expected);
	/* And once more: nothing was used up. */
	expect_text(collection, expected);
	ward_collection_free(collection);
	ward_collection_free(NULL);
	assert_int_equal(ward_open_fds(), fds);
	ward_tree_remove(tree);
}

/* With nothing but passwd(5), what the others would tell is not known. */
/* What nsswitch.conf(5) says of names that no local file has. */
static void
expect_elsewhere(const char *nsswitch, const char *expected)
{
	const struct ward_tree_file files[] = {
		{ "/etc/passwd", "root:x:0:0::/root:/sbin/nologin\n" },
		{ "/etc/group", "root:x:0:\nops:x:200:ghost\n" },
		{ "/etc/gshadow", "ops:!:gone:\n" },
		{ "/etc/sudoers",
		    "aduser ALL=ALL\n%ops ALL=ALL\n%dba ALL=ALL\n"
		    "%#200 ALL=ALL\n%#201 ALL=ALL\n#0 ALL=ALL\n" },
		{ nsswitch == NULL ? NULL : "/etc/nsswitch.conf", nsswitch },
		{ NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	struct ward_collection *collection = NULL;
	struct record r = { .used = 0 };
	const struct ward_visitor visitor = { .account = skip_account,
		.defect = take_defect,
		.arg = &r };

	assert_int_equal(collect_tree(tree, &collection, NULL), 0);
	assert_int_equal(ward_collection_each(collection, &visitor, NULL), 0);
	assert_string_equal(r.text, expected);
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

static void
test_collect__elsewhere(void **state)
{
	static const char strangers[] = "wellformed_no_member: ops: ghost @2\n"
					"wellformed_no_member: ops: gone @1\n";

	(void)state;
	expect_elsewhere(NULL, strangers);
	expect_elsewhere("passwd: files systemd\n", strangers);
	/* Members may be known elsewhere. */
	expect_elsewhere("passwd: files sss\ngroup: files\n",
	    "wellformed_sudoers_open: user 'aduser' is not in local files "
	    "(nsswitch.conf: sss) @1\n");
	expect_elsewhere("# sudo\npasswd: files ldap\n"
			 "group: files ldap\nsudoers: files sss\n",
	    "wellformed_sudoers_open: sudo rules are also read from sss @4\n"
	    "wellformed_sudoers_open: user 'aduser' is not in local files "
	    "(nsswitch.conf: ldap) @1\n"
	    "wellformed_sudoers_open: group 'dba' is not in local files "
	    "(nsswitch.conf: ldap) @3\n"
	    "wellformed_sudoers_open: gid 201 is not in local files "
	    "(nsswitch.conf: ldap) @5\n");
}

static void
test_collect__passwd_alone(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "bob:x:5:5::/nonexistent:/bin/zsh\n" },
		{ "/etc/gshadow", "ghost:!::\n" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	struct ward_collection *collection = NULL;

	(void)state;
	assert_int_equal(collect_tree(tree, &collection, NULL), 0);
	assert_string_equal(ward_collection_host(collection)->name, "unknown");
	expect_text(collection,
	    "bob /etc/passwd:1 uid=5 gid=5 /nonexistent "
	    "/bin/zsh login listed /etc/shadow:0 state=0 keys=0 by 0 ()\n");
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

static void
test_collection_each__stops(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "a:*:1:1::/:\nb:*:2:1::/:\nc:*:3:1::/:\nx\n" },
		{ NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	struct ward_collection *collection = NULL;
	struct record r = { .stop_after = 2 };
	const struct ward_visitor visitor = { .account = take_account,
		.defect = take_defect,
		.arg = &r };

	(void)state;
	assert_int_equal(collect_tree(tree, &collection, NULL), 0);
	assert_int_equal(ward_collection_each(collection, &visitor, NULL), 77);
	assert_non_null(strstr(r.text, "\nb "));
	assert_null(strstr(r.text, "\nc "));
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

static void
expect_error(const char *tree, int code, const char *text)
{
	struct ward_collection *collection = NULL;
	struct ward_error err = { .text = "" };
	size_t fds = ward_open_fds();

	assert_int_equal(collect_tree(tree, &collection, &err), code);
	assert_null(collection);
	assert_string_equal(err.text, text);
	assert_int_equal(ward_open_fds(), fds);
}

static void
test_collect__bad_passwd(void **state)
{
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "/etc/passwd");
	char missing[512];

	(void)state;
	expect_error(tree, WARD_ERR_MISSING,
	    "/etc/passwd: No such file or directory");
	ward_tree_fifo(tree, "/etc/passwd");
	expect_error(tree, WARD_ERR_UNSAFE, "/etc/passwd: not a regular file");
	assert_int_equal(unlink(path), 0);
	ward_tree_dir(tree, "/etc/passwd");
	expect_error(tree, WARD_ERR_UNSAFE, "/etc/passwd: not a regular file");
	assert_int_equal(rmdir(path), 0);
	ward_tree_link(tree, "/etc/passwd", "passwd");
	expect_error(tree, WARD_ERR_IO,
	    "/etc/passwd: Too many levels of symbolic links");
	assert_int_equal(unlink(path), 0);
	/* The host's own file is not in the root. */
	ward_tree_link(tree, "/etc/passwd", "../../../../etc/passwd");
	expect_error(tree, WARD_ERR_IO,
	    "/etc/passwd: Too many levels of symbolic links");
	assert_int_equal(unlink(path), 0);
	ward_tree_link(tree, "/etc/passwd", "../../../../etc/hosts");
	expect_error(tree, WARD_ERR_MISSING,
	    "/etc/passwd: No such file or directory");
	(void)snprintf(missing, sizeof(missing),
	    "%s/nowhere: No such file or directory", tree);
	free(path);
	path = ward_tree_path(tree, "/nowhere");
	expect_error(path, WARD_ERR_MISSING, missing);
	free(path);
	ward_tree_remove(tree);
}

static void
test_collect__bad_others(void **state)
{
	static const char *const paths[] = { "/etc/shadow", "/etc/group",
		"/etc/gshadow", "/etc/shells", "/etc/login.defs",
		"/var/log/wtmp", "/var/log/wtmp.1", "/var/log/lastlog",
		"/etc/hostname" };
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "a:*:1:1::/:\n" }, { NULL, NULL }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		char *tree = ward_tree_new(files);
		char text[64];

		ward_tree_dir(tree, paths[i]);
		(void)snprintf(text, sizeof(text), "%s: not a regular file",
		    paths[i]);
		expect_error(tree, WARD_ERR_UNSAFE, text);
		ward_tree_remove(tree);
	}
}

static void
test_collect__denied(void **state)
{
	static const struct ward_tree_file files[] = { { "/etc/passwd",
							   "a:x:1:1::/:\n" },
		{ "/etc/shadow", "a:*:1::::::\n" }, { NULL, NULL } };
	char *tree;

	(void)state;
	if (geteuid() == 0) {
		skip();
	}
	tree = ward_tree_new(files);
	ward_tree_chmod(tree, "/etc/shadow", 0);
	expect_error(tree, WARD_ERR_IO,
	    "/etc/shadow: Permission denied (run as root)");
	ward_tree_remove(tree);
}

/* Keys that can't be looked at are told right behind the account, if they
 * would let somebody in. */
static void
test_collect__unread_keys(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd",
		    "root:*:0:0::/root:/sbin/nologin\n"
		    "ann:*:1:1::home/loop:/bin/sh\n"
		    "bob:*:2:1::/home/loop:/sbin/nologin\n"
		    "tom:*:3:1::/home/tom:/bin/sh\n" },
		{ "/home/tom/.ssh/authorized_keys", "" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	struct ward_collection *collection = NULL;
	static const char expected[] =
	    "root /etc/passwd:1 uid=0 gid=0 /root /sbin/nologin listed "
	    "/etc/passwd:1 state=4\n"
	    "  uid0: uid 0 /etc/passwd:1\n"
	    "wellformed_keys root: Too many levels of symbolic links @0\n"
	    "ann /etc/passwd:2 uid=1 gid=1 home/loop /bin/sh login listed "
	    "/etc/passwd:2 state=4\n"
	    "  wellformed_path ann: home directory @2\n"
	    "wellformed_keys ann: Too many levels of symbolic links @0\n"
	    "bob /etc/passwd:3 uid=2 gid=1 /home/loop /sbin/nologin listed "
	    "/etc/passwd:3 state=4\n"
	    "tom /etc/passwd:4 uid=3 gid=1 /home/tom /bin/sh login listed "
	    "/etc/passwd:4 state=4 keys=0 by 0 ()\n";

	(void)state;
	ward_tree_link(tree, "/root/.ssh/authorized_keys", "authorized_keys");
	ward_tree_link(tree, "/home/loop/.ssh", ".ssh");
	assert_int_equal(collect_tree(tree, &collection, NULL), 0);
	expect_text(collection, expected);
	/* And once more: not told twice. */
	expect_text(collection, expected);
	ward_collection_free(collection);
	ward_tree_remove(tree);
}

static void
test_collect__no_account(void **state)
{
	static const char *const texts[] = { "", "\n# none\n", "root\n",
		"root:x:a:0::/:\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct ward_tree_file files[] = {
			{ "/etc/passwd", texts[i] }, { NULL, NULL }
		};
		char *tree = ward_tree_new(files);

		expect_error(tree, WARD_ERR_MISSING,
		    "/etc/passwd: no account in it");
		ward_tree_remove(tree);
	}
}

/* A file that is all hole is not read to its end. */
static void
test_collect__huge(void **state)
{
	static const struct {
		const char *path;
		off_t size;
		bool error;
	} cases[] = {
		{ "/etc/passwd", ((off_t)1 << 30) + 1, true },
		{ "/etc/shadow", ((off_t)1 << 30) + 1, true },
		{ "/etc/group", ((off_t)1 << 30) + 1, true },
		{ "/etc/gshadow", ((off_t)1 << 30) + 1, true },
		{ "/etc/login.defs", ((off_t)1 << 20) + 1, true },
		{ "/etc/shells", ((off_t)1 << 20) + 1, true },
		{ "/etc/hostname", ((off_t)1 << 20) + 1, true },
		{ "/etc/shells", (off_t)1 << 20, false },
		{ "/var/log/wtmp", (off_t)15 << 40, false },
		{ "/var/log/btmp", (off_t)15 << 40, false },
		{ "/var/log/lastlog", (off_t)1 << 40, false },
	};
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "a:*:1:1::/:\n" }, { NULL, NULL }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *tree = ward_tree_new(files), *path, text[96];
		struct ward_collection *collection = NULL;

		ward_tree_put(tree, cases[i].path, "a:*:1:1::/:\n", 12);
		path = ward_tree_path(tree, cases[i].path);
		if (truncate(path, cases[i].size) != 0) {
			/* Not every file system has files as large. */
			assert_int_equal(errno, EFBIG);
		} else if (cases[i].error) {
			(void)snprintf(text, sizeof(text),
			    "%s: larger than %lld bytes", cases[i].path,
			    (long long)cases[i].size - 1);
			expect_error(tree, WARD_ERR_RANGE, text);
		} else {
			assert_int_equal(collect_tree(tree, &collection, NULL),
			    0);
			ward_collection_free(collection);
		}
		free(path);
		ward_tree_remove(tree);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_collect__tells_what_it_reads),
		cmocka_unit_test(test_collect__what_others_add),
		cmocka_unit_test(test_collect__services),
		cmocka_unit_test(test_collect__whole),
		cmocka_unit_test(test_collect__elsewhere),
		cmocka_unit_test(test_collect__passwd_alone),
		cmocka_unit_test(test_collection_each__stops),
		cmocka_unit_test(test_collect__bad_passwd),
		cmocka_unit_test(test_collect__bad_others),
		cmocka_unit_test(test_collect__unread_keys),
		cmocka_unit_test(test_collect__no_account),
		cmocka_unit_test(test_collect__huge),
		cmocka_unit_test(test_collect__denied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
