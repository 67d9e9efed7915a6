/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

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

static int
run(const struct ward_command *command, int argc, char **argv)
{
	struct ward_options options;

	if (!ward_options_parse(command, argc, argv, &options)) {
		return WARD_EXIT_USAGE;
	}
	if (options.help) {
		ward_command_usage(stdout, command);
		return fflush(stdout) == 0 ?
		    WARD_EXIT_COMPLIANT :
		    ward_say_error("standard output: %s", strerror(errno));
	}
	return command->run(&options);
}

int
main(int argc, char **argv)
{
	/* A reader that goes away shows as a failed write, which is told. */
	(void)signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < ward_command_count; i++) {
		int words = words_of(&ward_commands[i], argc, argv);

		if (words > 0) {
			return run(&ward_commands[i], argc - words,
			    argv + words);
		}
	}
	if (argc > 1 &&
	    (strcmp(argv[1], "--help") == 0 ||
		strcmp(argv[1], "--version") == 0)) {
		if (argv[1][2] == 'h') {
			ward_usage(stdout);
		} else {
			(void)puts("acctward " WARD_VERSION);
		}
		return fflush(stdout) == 0 ?
		    WARD_EXIT_COMPLIANT :
		    ward_say_error("standard output: %s", strerror(errno));
	}
	if (argc > 1) {
		return ward_say_usage("no command `%s%s%s`; `acctward --help` "
				      "lists them",
		    argv[1], argc > 2 ? " " : "", argc > 2 ? argv[2] : "");
	}
	ward_usage(stderr);
	return WARD_EXIT_USAGE;
}
