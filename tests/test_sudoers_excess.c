/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules that hand out more than they seem to, and their likes that don't. */
#include "tests/sudo_case.h"

#include <sys/stat.h>
#include <unistd.h>

#include "collect/sudoers/excess.h"

static const struct sudo_case plain[] = {
	CASE("ALL is just that",
	    "wang ALL=ALL\nwang ALL=(ALL:ALL) NOPASSWD: "
	    "ALL\n",
	    "sudoers:1 (root) ALL\n"
	    "sudoers:2 (ALL : ALL) NOPASSWD: ALL\n"),
	CASE("ALL but something", "wang ALL=ALL, !/bin/su, !/bin/sh\n",
	    "sudoers:1 (root) ALL, !/bin/su, !/bin/sh <NEGATION /bin/su>\n"),
	CASE("through an alias, and in a later part of the same rule",
	    "Cmnd_Alias SH = /bin/sh, /bin/bash\n"
	    "wang ALL=ALL, NOPASSWD: !SH\n",
	    "sudoers:2 (root) ALL, !/bin/sh, !/bin/bash <NEGATION /bin/sh>\n"),
	CASE("what is taken away first is given back by ALL",
	    "wang ALL=!/bin/su, ALL\n", "sudoers:1 (root) ALL\n"),
	CASE("a directory, and one with something taken out of it",
	    "wang ALL=/usr/bin/\nwang ALL=/sbin/, !/sbin/reboot\n",
	    "sudoers:1 (root) /usr/bin/ <DIRECTORY /usr/bin/>\n"
	    "sudoers:2 (root) /sbin/ <DIRECTORY /sbin/>\n"),
	CASE("wildcards in path or arguments",
	    "wang ALL=/usr/bin/id*\nwang ALL=/bin/cat /var/log/*\n"
	    "wang ALL=/bin/cat /x?, /bin/cat [ab], sudoedit /etc/*\n",
	    "sudoers:1 (root) /usr/bin/id* <WILDCARD /usr/bin/id*>\n"
	    "sudoers:2 (root) /bin/cat /var/log/* "
	    "<WILDCARD /bin/cat /var/log/*>\n"
	    "sudoers:3 (root) /bin/cat /x? <WILDCARD /bin/cat /x?>\n"
	    "sudoers:3 (root) /bin/cat [ab] <WILDCARD /bin/cat [ab]>\n"
	    "sudoers:3 (root) sudoedit /etc/* <WILDCARD sudoedit /etc/*>\n"),
	CASE("none where it is quoted, or a regular expression",
	    "wang ALL=/bin/cat a\\*, /bin/cat ^/x.*$, ^/bin/(a|b)*$\n",
	    "sudoers:1 (root) /bin/cat a\\*\nsudoers:1 (root) /bin/cat ^/x.*$\n"
	    "sudoers:1 (root) ^/bin/(a|b)*$\n"),
	CASE("sudoedit of any file, and of one",
	    "wang ALL=sudoedit\nwang ALL=sudoedit /etc/motd\n",
	    "sudoers:1 (root) sudoedit <ESCAPE sudoedit>\n"
	    "sudoers:2 (root) sudoedit /etc/motd\n"),
	CASE("a digest changes nothing",
	    "wang ALL=sha224:d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b"
	    "3e42f /usr/bin/vi\n",
	    "sudoers:1 (root) /usr/bin/vi <ESCAPE /usr/bin/vi>\n"),
	CASE("NOEXEC stops shells, and not what writes files itself",
	    "wang ALL=NOEXEC: /usr/bin/less, /usr/bin/vi, /usr/bin/tee, "
	    "EXEC: /usr/bin/less\nDefaults!/usr/bin/man noexec\n"
	    "wang ALL=/usr/bin/man\n",
	    "sudoers:1 (root) NOEXEC: /usr/bin/less <READ /usr/bin/less>\n"
	    "sudoers:1 (root) NOEXEC: /usr/bin/vi <ESCAPE /usr/bin/vi>\n"
	    "sudoers:1 (root) NOEXEC: /usr/bin/tee <ESCAPE /usr/bin/tee>\n"
	    "sudoers:1 (root) /usr/bin/less <ESCAPE /usr/bin/less>\n"
	    "sudoers:3 (root) NOEXEC: /usr/bin/man\n"),
};

static const struct {
	const char *command;
	unsigned int here, elsewhere; /* 1 shell, 2 write, 4 read */
} escapes[] = {
	{ "/usr/bin/vi", 3, 3 },
	{ "/usr/bin/vi /etc/motd", 3, 3 },
	{ "/usr/bin/vi \"\"", 3, 3 },
	{ "/usr/bin/vim.basic", 3, 3 },
	{ "/usr/bin/rvim /etc/motd", 2, 2 },
	{ "/usr/bin/rview", 2, 2 },
	{ "/usr/bin/gvim", 3, 3 },
	{ "/usr/bin/less /var/log/syslog", 5, 5 },
	{ "/usr/bin/more /var/log/syslog", 1, 1 },
	{ "/usr/bin/more", 5, 5 },
	{ "/usr/bin/tail -f /var/log/x", 0, 0 },
	{ "/usr/bin/tail", 4, 4 },
	{ "/usr/bin/tail \"\"", 0, 0 },
	{ "/bin/cat", 4, 4 },
	{ "/bin/cat /etc/motd", 0, 0 },
	{ "/usr/bin/head", 4, 4 },
	{ "/usr/bin/cut", 4, 4 },
	{ "/bin/grep", 4, 4 },
	{ "/bin/grep x /etc/motd", 0, 0 },
	{ "/usr/bin/sort", 3, 3 },
	{ "/usr/bin/tr", 0, 0 },
	{ "/bin/cp", 2, 2 },
	{ "/bin/cp /a /b", 0, 0 },
	{ "/usr/bin/tee", 2, 2 },
	{ "/usr/bin/tee /a", 0, 0 },
	{ "/bin/dmesg", 5, 5 },
	{ "/bin/dmesg -T", 0, 0 },
	{ "/usr/bin/virsh", 3, 3 },
	{ "/usr/bin/virsh list", 0, 0 },
	{ "/bin/red notes", 2, 0 },
	{ "/bin/red /srv/notes", 0, 0 },
	{ "/bin/ed /etc/motd", 3, 3 },
	{ "/usr/bin/mutt -R", 3, 3 },
	{ "/usr/bin/busybox", 3, 3 },
	{ "/usr/bin/busybox ls /", 0, 0 },
	{ "/usr/bin/tclsh8.6", 3, 3 },
	{ "/usr/bin/wish \"\"", 3, 3 },
	{ "/usr/bin/gem install x", 0, 0 },
	{ "/usr/bin/irb", 3, 3 },
	{ "/usr/bin/cpan \"\"", 3, 3 },
	{ "/usr/bin/gcc", 3, 3 },
	{ "/usr/bin/gcc -o /a /b.c", 0, 0 },
	{ "/usr/bin/dpkg", 3, 3 },
	{ "/usr/bin/dpkg -i /a.deb", 0, 0 },
	/* what obeys the directory it runs in, where that is the caller's */
	{ "/usr/bin/make", 3, 3 },
	{ "/usr/bin/make \"\"", 3, 3 },
	{ "/usr/bin/make install", 3, 0 },
	{ "/usr/bin/make -j4 PREFIX=usr", 3, 0 },
	{ "/usr/bin/make -C /srv/a install", 0, 0 },
	{ "/usr/bin/make -C/srv/a install", 0, 0 },
	{ "/usr/bin/git pull", 3, 0 },
	{ "/usr/bin/git pull origin a/b", 3, 0 },
	{ "/usr/bin/git --git-dir=/srv/a pull", 0, 0 },
	{ "/usr/bin/docker-compose up -d", 3, 0 },
	{ "/usr/bin/docker-compose -f /srv/a.yml up", 0, 0 },
	{ "/usr/bin/docker compose up -d", 3, 0 },
	{ "/usr/bin/docker ps", 0, 0 },
	{ "/usr/bin/cmake --build .", 3, 0 },
	{ "/usr/bin/systemctl", 3, 3 },
	{ "/usr/bin/systemctl restart nginx", 0, 0 },
	{ "/usr/bin/python3", 3, 3 },
	{ "/usr/bin/python3.11", 3, 3 },
	{ "/usr/bin/python3 \"\"", 3, 3 },
	{ "/usr/bin/python3 /opt/x.py", 0, 0 },
	{ "/bin/bash", 3, 3 },
	{ "/bin/bash -i", 3, 3 },
	{ "/bin/bash /opt/x.sh", 0, 0 },
	{ "/bin/su", 3, 3 },
	{ "/bin/su -", 3, 3 },
	{ "/bin/su - root", 3, 3 },
	{ "/bin/su - oracle", 0, 0 },
	{ "/usr/bin/passwd", 2, 2 },
	{ "/usr/bin/passwd root", 3, 3 },
	{ "/usr/bin/passwd lee", 0, 0 },
	{ "/usr/bin/find", 3, 3 },
	{ "/usr/bin/tar", 3, 3 },
	{ "/usr/bin/tar xf /a", 0, 0 },
	{ "/usr/bin/apt-get", 3, 3 },
	{ "/usr/bin/apt-get update", 0, 0 },
	{ "/usr/bin/7z", 3, 3 },
	/* packages run what they bring */
	{ "/sbin/apk", 3, 3 },
	{ "/sbin/apk upgrade", 0, 0 },
	{ "/usr/bin/pacman", 3, 3 },
	{ "/usr/bin/pacman -Syu", 0, 0 },
	{ "/usr/bin/pacman -U x.pkg.tar.zst", 3, 0 },
	{ "/usr/bin/xbps-install", 3, 3 },
	{ "/usr/bin/xbps-install -Su", 0, 0 },
	{ "/usr/bin/emerge", 3, 3 },
	{ "/usr/bin/emerge --sync", 0, 0 },
	{ "/usr/bin/ebuild", 3, 3 },
	{ "/usr/bin/dpkg -i x.deb", 3, 0 },
	{ "/usr/bin/dpkg --install x.deb", 3, 0 },
	{ "/usr/bin/dpkg --install /a/x.deb", 0, 0 },
	{ "/usr/bin/dpkg -l x", 0, 0 },
	{ "/usr/bin/rpm -ivh x.rpm", 3, 0 },
	{ "/usr/bin/rpm -Uvh /a/x.rpm", 0, 0 },
	{ "/usr/bin/rpm -qa", 0, 0 },
	/* a kernel, a library, a tunnel, settings of one's own */
	{ "/sbin/kexec", 3, 3 },
	{ "/sbin/kexec -e", 0, 0 },
	{ "/sbin/ldconfig", 2, 2 },
	{ "/sbin/ldconfig \"\"", 0, 0 },
	{ "/usr/bin/wg-quick", 3, 3 },
	{ "/usr/bin/wg-quick up wg0", 0, 0 },
	{ "/usr/sbin/needrestart", 3, 3 },
	{ "/usr/sbin/needrestart -b", 0, 0 },
	{ "/usr/sbin/dpkg-reconfigure", 3, 3 },
	{ "/usr/sbin/dpkg-reconfigure tzdata", 0, 0 },
	{ "/usr/bin/systemctl edit nginx", 3, 3 },
	{ "/usr/bin/systemctl edit --full nginx", 3, 3 },
	{ "/usr/bin/systemctl edit", 3, 3 },
	{ "/usr/bin/systemctl editor", 0, 0 },
	{ "/usr/bin/id", 0, 0 },
	{ "/usr/bin/123", 0, 0 },
	{ "^/usr/bin/vi$", 0, 0 },
	{ "vi", 0, 0 },
};

static const struct sudo_case environment[] = {
	CASE("SETENV, which ALL has anyway",
	    "wang ALL=SETENV: /bin/a, NOSETENV: /bin/b\n"
	    "wang ALL=SETENV: ALL\nwang ALL=ALL, /bin/c\n",
	    "sudoers:1 (root) SETENV: /bin/a <SETENV /bin/a>\n"
	    "sudoers:1 (root) /bin/b\n"
	    "sudoers:2 (root) ALL\nsudoers:3 (root) ALL\n"
	    "sudoers:3 (root) /bin/c\n"),
	CASE("by Defaults, but for who is told otherwise",
	    "Defaults setenv\nDefaults:lee setenv\n"
	    "wang ALL=/bin/a, NOSETENV: /bin/b\n"
	    "Defaults!/bin/c !setenv\nwang ALL=/bin/c\n",
	    "sudoers:3 (root) SETENV: /bin/a <SETENV /bin/a>\n"
	    "sudoers:3 (root) /bin/b\nsudoers:5 (root) /bin/c\n"),
	CASE("for another user, another target, one command",
	    "Defaults:lee setenv\nDefaults>bob env_keep+=LD_PRELOAD\n"
	    "Defaults!/bin/b env_keep+=LD_PRELOAD\n"
	    "wang ALL=/bin/a, /bin/b\n",
	    "sudoers:4 (root) /bin/a\n"
	    "sudoers:4 (root) /bin/b <SETENV /bin/b>\n"),
	{
	    .what = "env_keep of what loads code into a script",
	    .sudoers = "Defaults env_keep += \"LANG PYTHONPATH\"\n"
		       "wang ALL=/bin/a, /bin/b, /bin/c, /usr/sbin/d *\n",
	    .said = "sudoers:2 (root) /bin/a <SETENV /bin/a>\n"
		    "sudoers:2 (root) /bin/b\nsudoers:2 (root) /bin/c\n"
		    "sudoers:2 (root) /usr/sbin/d * <SETENV /usr/sbin/d *>\n",
	    .more = { { "/bin/a", "#!/usr/bin/python3\n" },
		{ "/bin/b",
		    "\x7f"
		    "ELF" },
		{ "/usr/sbin/d", "#! /bin/sh\n" } },
	},
	CASE("and into any program",
	    "Defaults env_keep += \"LANG LD_LIBRARY_PATH\"\nwang ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a <SETENV /bin/a>\n"),
	CASE("by a pattern", "Defaults env_keep += \"LD_*\"\nwang ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a <SETENV /bin/a>\n"),
	CASE("and of what doesn't",
	    "Defaults env_keep += \"LANG SSH_AUTH_SOCK LD_PRELOADS EDITOR\"\n"
	    "Defaults env_keep += \"LD_PRELOAD=/usr/lib/libx.so\"\n"
	    "Defaults env_check += LD_PRELOAD\nwang ALL=/bin/a\n",
	    "sudoers:4 (root) /bin/a\n"),
	CASE("taken away again",
	    "Defaults env_keep += LD_PRELOAD\n"
	    "Defaults env_keep -= LD_PRELOAD\n"
	    "wang ALL=/bin/a\n",
	    "sudoers:3 (root) /bin/a\n"),
	CASE("replaced",
	    "Defaults env_keep += LD_AUDIT\n"
	    "Defaults env_keep = LANG\nwang ALL=/bin/a\n",
	    "sudoers:3 (root) /bin/a\n"),
	CASE("replaced by another",
	    "Defaults env_keep = LD_AUDIT\n"
	    "Defaults env_keep += LANG\n"
	    "wang ALL=/bin/a\n",
	    "sudoers:3 (root) /bin/a <SETENV /bin/a>\n"),
	CASE("disabled",
	    "Defaults env_keep += LD_AUDIT, !env_keep\n"
	    "wang ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a\n"),
	CASE("no env_reset, which NOSETENV does not bring back",
	    "Defaults !env_reset\nwang ALL=/bin/a, NOSETENV: /bin/b, ALL\n",
	    "sudoers:2 (root) /bin/a <SETENV /bin/a>\n"
	    "sudoers:2 (root) /bin/b <SETENV /bin/b>\n"
	    "sudoers:2 (root) ALL\n"),
	CASE("beside what is worse, and what is not; sudoedit runs an editor "
	     "as the caller",
	    "wang ALL=SETENV: /usr/bin/vi, /bin/id *, /bin/cat, /bin/, "
	    "sudoedit /etc/motd\n",
	    "sudoers:1 (root) SETENV: /usr/bin/vi <ESCAPE /usr/bin/vi>\n"
	    "sudoers:1 (root) SETENV: /bin/id * <SETENV /bin/id *>\n"
	    "sudoers:1 (root) SETENV: /bin/cat <SETENV /bin/cat>\n"
	    "sudoers:1 (root) SETENV: /bin/ <DIRECTORY /bin/>\n"
	    "sudoers:1 (root) SETENV: sudoedit /etc/motd\n"),
};

static const struct sudo_case directories[] = {
	CASE("the caller's directory, and one that is given",
	    "wang ALL=/usr/bin/make install, CWD=/srv/a /usr/bin/make all, "
	    "CWD=* /usr/bin/git pull\n",
	    "sudoers:1 (root) /usr/bin/make install "
	    "<ESCAPE /usr/bin/make install>\n"
	    "sudoers:1 (root) /usr/bin/make all\n"
	    "sudoers:1 (root) /usr/bin/git pull "
	    "<ESCAPE /usr/bin/git pull>\n"),
	CASE("given by Defaults",
	    "Defaults runcwd=/srv/a\n"
	    "wang ALL=/usr/bin/make install\n"
	    "Defaults!/usr/bin/git runcwd=*\n"
	    "wang ALL=/usr/bin/git pull, NOEXEC: "
	    "/usr/bin/git fetch\n",
	    "sudoers:2 (root) /usr/bin/make install\n"
	    "sudoers:4 (root) /usr/bin/git pull "
	    "<ESCAPE /usr/bin/git pull>\n"
	    "sudoers:4 (root) NOEXEC: /usr/bin/git fetch "
	    "<ESCAPE /usr/bin/git fetch>\n"),
};

static const struct sudo_case reading[] = {
	CASE("any file, where the arguments are open",
	    "wang ALL=/bin/cat, /bin/cat /etc/motd, /bin/cat /var/log/*\n"
	    "wang ALL=NOEXEC: /usr/bin/less /etc/motd, /usr/bin/more\n",
	    "sudoers:1 (root) /bin/cat <READ /bin/cat>\n"
	    "sudoers:1 (root) /bin/cat /etc/motd\n"
	    "sudoers:1 (root) /bin/cat /var/log/* "
	    "<WILDCARD /bin/cat /var/log/*>\n"
	    "sudoers:2 (root) NOEXEC: /usr/bin/less /etc/motd "
	    "<READ /usr/bin/less /etc/motd>\n"
	    "sudoers:2 (root) NOEXEC: /usr/bin/more <READ /usr/bin/more>\n"),
};

static void
test_plain(void **state)
{
	(void)state;
	sudo_expect_all(plain, LENGTH(plain));
}

static void
test_environment(void **state)
{
	(void)state;
	sudo_expect_all(environment, LENGTH(environment));
}

static void
test_directories(void **state)
{
	(void)state;
	sudo_expect_all(directories, LENGTH(directories));
}

static void
test_reading(void **state)
{
	(void)state;
	sudo_expect_all(reading, LENGTH(reading));
}

static void
test_escapes(void **state)
{
	struct ward_sudo_model model;

	(void)state;
	assert_int_equal(ward_sudo_model_init(&model), 0);
	for (size_t i = 0; i < LENGTH(escapes); i++) {
		struct ward_sudo_command *c = ward_sudo_command(&model,
		    escapes[i].command);

		assert_non_null(c);
		if (ward_sudo_escapes(c, true) != escapes[i].here ||
		    ward_sudo_escapes(c, false) != escapes[i].elsewhere) {
			print_error("command: %s\n", escapes[i].command);
		}
		assert_int_equal(ward_sudo_escapes(c, true), escapes[i].here);
		assert_int_equal(ward_sudo_escapes(c, false),
		    escapes[i].elsewhere);
		assert_ptr_equal(ward_sudo_command(&model, escapes[i].command),
		    c);
	}
	ward_sudo_model_free(&model);
}

/* The table is searched by halves: it must be in order. */
static void
test_table_order(void **state)
{
	static const char *const names[] = {
#define ESCAPE(name, shell, write, read) name,
#include "collect/sudoers/escapes.def"
#undef ESCAPE
	};

	(void)state;
	for (size_t i = 1; i < LENGTH(names); i++) {
		assert_true(strcmp(names[i - 1], names[i]) < 0);
	}
}

static void
make_programs(const char *tree)
{
	ward_tree_put(tree, "/usr/bin/ok", "", 0);
	ward_tree_put(tree, "/usr/bin/all", "", 0);
	ward_tree_chmod(tree, "/usr/bin/all", 0757);
	ward_tree_put(tree, "/opt/open/x", "", 0);
	ward_tree_chmod(tree, "/opt/open", 0777);
	ward_tree_put(tree, "/tmp/there", "", 0);
	ward_tree_chmod(tree, "/tmp", 01777);
	ward_tree_link(tree, "/usr/bin/link", "/usr/bin/all");
}

static const struct sudo_case writable = {
	.what = "programs that others can replace",
	.sudoers = "wang ALL=/usr/bin/ok\nwang ALL=/usr/bin/all\n"
		   "wang ALL=/opt/open/x\nwang ALL=/opt/open/sub/x\n"
		   "wang ALL=/tmp/there\nwang ALL=/tmp/missing\n"
		   "wang ALL=/usr/bin/missing\nwang ALL=/usr/bin/link\n"
		   "wang ALL=/usr/bin/all *\n",
	.said = "sudoers:1 (root) /usr/bin/ok\n"
		"sudoers:2 (root) /usr/bin/all <WRITABLE /usr/bin/all>\n"
		"sudoers:3 (root) /opt/open/x <WRITABLE /opt/open/x>\n"
		"sudoers:4 (root) /opt/open/sub/x <WRITABLE /opt/open/sub/x>\n"
		"sudoers:5 (root) /tmp/there\n"
		"sudoers:6 (root) /tmp/missing <WRITABLE /tmp/missing>\n"
		"sudoers:7 (root) /usr/bin/missing\n"
		"sudoers:8 (root) /usr/bin/link <WRITABLE /usr/bin/link>\n"
		"sudoers:9 (root) /usr/bin/all * <WRITABLE /usr/bin/all *>\n",
	.prepare = make_programs,
};

static void
test_writable(void **state)
{
	(void)state;
	sudo_expect(&writable);
}

static void
give_away(const char *tree)
{
	char *path;

	ward_tree_put(tree, "/usr/bin/his", "", 0);
	path = ward_tree_path(tree, "/usr/bin/his");
	assert_int_equal(chown(path, 1234, 0), 0);
	free(path);
	ward_tree_put(tree, "/usr/bin/theirs", "", 0);
	path = ward_tree_path(tree, "/usr/bin/theirs");
	assert_int_equal(chown(path, 0, 1234), 0);
	assert_int_equal(chmod(path, 0775), 0);
	free(path);
}

static const struct sudo_case owned = {
	.what = "programs that are not root's",
	.sudoers = "wang ALL=/usr/bin/his\nwang ALL=/usr/bin/theirs\n",
	.said = "sudoers:1 (root) /usr/bin/his <WRITABLE /usr/bin/his>\n"
		"sudoers:2 (root) /usr/bin/theirs <WRITABLE /usr/bin/theirs>\n",
	.prepare = give_away,
};

static void
test_owned(void **state)
{
	(void)state;
	if (!sudo_is_root()) {
		skip();
	}
	sudo_expect(&owned);
}

/* What is shown has an end, and ends between characters. */
static void
test_length(void **state)
{
	struct sudo_case c = { .what = "long" };
	char *sudoers = NULL, *said = NULL, *tree = ward_tree_new(NULL);
	size_t size = 0;
	FILE *out = open_memstream(&sudoers, &size);

	(void)state;
	fputs("wang ALL=/bin/a", out);
	for (int i = 0; i < 400; i++) {
		fputs(" 密", out);
	}
	fputs("\nwang ALL=ALL", out);
	for (int i = 0; i < 400; i++) {
		fprintf(out, ", !/bin/a%d", i);
	}
	fclose(out);
	ward_tree_put(tree, "/etc/sudoers", sudoers, strlen(sudoers));
	out = open_memstream(&said, &size);
	sudo_say(out, tree, &c);
	fclose(out);
	assert_true(size < 700);
	assert_non_null(strstr(said, "sudoers:1 (root) /bin/a 密"));
	assert_non_null(strstr(said, "... <NEGATION /bin/a0>\n"));
	free(said);
	free(sudoers);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_directories),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_table_order),
		cmocka_unit_test(test_writable),
		cmocka_unit_test(test_owned),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
