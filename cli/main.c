/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* How many words of the command line name the command; 0: they don't. */
static int
words_of(const struct ward_command *command, int argc, char **argv)
{
	size_t size = argc > 1 ? strlen(argv[1]) : 0;

	if (argc < 2 || strncmp(command->name, argv[1], size) != 0) {
		return 0;
	}
	if (command->name[size] == '\0') {
		return 1;
	}
	return command->name[size] == ' ' && argc > 2 &&
		strcmp(command->name + size + 1, argv[2]) == 0 ?
	    2 :
	    0;
}

/* Is it the first word of commands of two? */
static bool
is_family(const char *word)
{
	size_t size = strlen(word);

	for (size_t i = 0; i < ward_command_count; i++) {
		if (strncmp(ward_commands[i].name, word, size) == 0 &&
		    ward_commands[i].name[size] == ' ') {
			return true;
		}
	}
	return false;
}

/* What was asked for stands on standard output: is it all there? */
static int
finish(void)
{
	return fflush(stdout) == 0 ?
	    WARD_EXIT_COMPLIANT :
	    ward_say_error("standard output: %s", strerror(errno));
}

static int
run(const struct ward_command *command, int argc, char **argv)
{
	struct ward_options options;

	if (!ward_options_parse(command, argc, argv, &options)) {
		return WARD_EXIT_USAGE;
	}
	if (options.help) {
		ward_command_usage(stdout, command, ward_language(&options));
		return finish();
	}
	return command->run(&options);
}

/* Where one of the three was closed, a file opened later would take its place,
 * and what is told be written into it. Writing to this one fails as before. */
static void
fill_standard(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0) {
		(void)close(fd);
	}
}

int
main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	enum ward_language language = ward_language_asked(argc, argv);

	fill_standard();
	/* A reader that goes away shows as a failed write, which is told. */
	(void)signal(SIGPIPE, SIG_IGN);
	ward_say_in(language);
	for (size_t i = 0; i < ward_command_count; i++) {
		int words = words_of(&ward_commands[i], argc, argv);

		if (words > 0) {
			return run(&ward_commands[i], argc - words,
			    argv + words);
		}
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "help") == 0) {
		ward_usage(stdout, language);
		return finish();
	}
	if (strcmp(word, "--version") == 0) {
		(void)puts("acctward " WARD_VERSION);
		return finish();
	}
	/* Who names none of the words may have typed a password. */
	if (is_family(word) && (argc == 2 || strcmp(word, "password") == 0)) {
		return ward_say_usage("`acctward %s` needs one more word; "
				      "`acctward --help` lists them",
		    word);
	}
	if (argc > 1) {
		return ward_say_usage("no command `%s%s%s`; `acctward --help` "
				      "lists them",
		    word, argc > 2 ? " " : "", argc > 2 ? argv[2] : "");
	}
	ward_usage(stderr, language);
	return WARD_EXIT_USAGE;
}
