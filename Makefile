# SPDX-License-Identifier: BSD-2-Clause
# No configure step.
#   make                    build/bin/acctward, build/security/pam_acctward.so
#   make check [SAN=1] [VALGRIND=1]
#   make e2e                in a real Debian root; wants root and mmdebstrap
#   make lint | bench | fuzz
#   make install DESTDIR= PREFIX= PAMDIR=

PREFIX ?= /usr/local
# Where this system's libpam looks for modules that are named without a path.
PAMDIR ?= $(firstword $(wildcard \
	/usr/lib/$(shell $(CC) -print-multiarch)/security /usr/lib64/security \
	/usr/lib/security))
CC ?= cc
CLANG ?= clang
PKG_CONFIG ?= pkg-config
FUZZ_SECONDS ?= 10

OUT := build
CFLAGS ?= -O2 -g
HARDEN := -fstack-protector-strong -fstack-clash-protection -fcf-protection \
	-fPIC -fvisibility=hidden -D_FORTIFY_SOURCE=2
LINK_HARDEN := -Wl,-z,relro,-z,now,-z,noexecstack
# It stays loaded: libpam unloads a module with the lines of a service, and
# calls what frees its data later.
MODULE_LINK := -shared -Wl,-z,defs -Wl,-z,nodelete
ifdef SAN
OUT := build-san
CFLAGS := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
HARDEN := -fPIC -fvisibility=hidden
MODULE_LINK := -shared -Wl,-z,nodelete
endif

WARN := -Wall -Wextra -Wformat=2 -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-qual \
	-Wwrite-strings -Wundef -Wvla -Wconversion -Wno-sign-conversion \
	-Wimplicit-fallthrough -Wdouble-promotion
ifdef CI
WARN += -Werror
endif
CPPFLAGS += -D_GNU_SOURCE -DWARD_PREFIX='"$(PREFIX)"' -I.
COMPILE = $(CC) -std=c11 $(CPPFLAGS) $(CFLAGS) $(WARN) $(HARDEN) -MMD -MP
LIBS := -linih $(shell $(PKG_CONFIG) --libs jansson) -lcrypt -laudit
# No JSON, no network and no helper program inside a log-in; and inih's few
# kilobytes in the module itself where there is an archive of it, as each library
# takes the time of several files to load.
INIH := $(or $(filter /%,$(shell $(CC) -print-file-name=libinih.a)),-linih)
MODULE_LIBS := $(INIH) -laudit -lpam

comma := ,

# Lowest floor last: the order in which the linker needs them.
ROOMS := report collect state policy
ARCHIVES := $(ROOMS:%=$(OUT)/%.a)
PLANS := $(wildcard policy/plans/*.conf)
PAGES := $(wildcard docs/*.[1-9])
TESTS := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard tests/test_*.c))
PROBES := $(patsubst tests/pam/%.c,$(OUT)/tests/%.so,$(wildcard tests/pam/*.c))
# What checks make their fixtures with.
HELPERS := $(OUT)/tests/make_tally $(OUT)/tests/pam_driver
# What tries stacks for real, and stands for functions that modules call.
STACK_PROBE := $(OUT)/tests/stack_probe
FUZZERS := $(patsubst tests/fuzz/%.c,build-fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
sources = $(wildcard $(1)/*.c $(1)/*/*.c)
objects = $(patsubst %.c,$(OUT)/%.o,$(call sources,$(1)))

MODULE := $(OUT)/security/pam_acctward.so

WORDS := $(OUT)/share/acctward/words

all: $(OUT)/bin/acctward $(MODULE) $(WORDS) \
    $(PLANS:policy/plans/%=$(OUT)/share/acctward/plans/%)

# The message catalogues, which policy/text.c takes in whole.
%/po/zh_TW.mo: po/zh_TW.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

$(OUT)/policy/text.o: CPPFLAGS += -DWARD_CATALOGUES='"$(OUT)/po"'
$(OUT)/policy/text.o: $(OUT)/po/zh_TW.mo
build-fuzz/policy/text.o: CPPFLAGS += -DWARD_CATALOGUES='"build-fuzz/po"'
build-fuzz/policy/text.o: build-fuzz/po/zh_TW.mo

# What there is to translate, merged into the catalogue.
po:
	po/update.sh po/zh_TW.po

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

define room
$(OUT)/$(1).a: $(call objects,$(1))
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(OUT)/bin/acctward: $(call objects,cli) $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -pie $(LINK_HARDEN) -o $@ $^ $(LIBS)

# Nothing but libpam's entry points can be seen of it.
$(MODULE): $(call objects,pam_module) $(OUT)/state.a $(OUT)/policy.a \
    pam_module/module.map
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $(MODULE_LINK) $(LINK_HARDEN) \
	    -Wl,--version-script=pam_module/module.map -o $@ \
	    $(filter %.o %.a,$^) $(MODULE_LIBS)

$(OUT)/share/acctward/plans/%: policy/plans/%
	@mkdir -p $(@D)
	cp $< $@

# The passwords that are guessed first.
$(WORDS): policy/words/make.sh $(wildcard policy/words/*.txt)
	@mkdir -p $(@D)
	sh policy/words/make.sh > $@.new
	mv $@.new $@

$(OUT)/tests/%: $(OUT)/tests/%.o $(OUT)/tests/support.o \
    $(OUT)/tests/judge.o $(OUT)/tests/pam_case.o $(ARCHIVES)
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS) -lcmocka -lpam

$(STACK_PROBE): $(OUT)/tests/stack_probe.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -rdynamic -o $@ $^ -lpam -lcrypt

# What only some of them need.
$(patsubst %,$(OUT)/tests/test_%_killed,history privileges tally): \
    $(OUT)/tests/killed.o
$(OUT)/tests/test_pam_secrets $(OUT)/tests/test_weak_quality: \
    $(OUT)/tests/memory.o
$(patsubst %,$(OUT)/tests/test_%_faults,history privileges tally): \
    $(OUT)/tests/inject.o

# Calls that are made to fail in turn.
$(OUT)/tests/test_tally_faults: LDFLAGS += $(patsubst %,-Wl$(comma)--wrap=%, \
    open openat __openat_2 fstat pread pwrite fdatasync fsync fcntl mkdirat \
    fchmodat fchmod malloc strdup clock_gettime nanosleep)
$(OUT)/tests/test_history_faults: LDFLAGS += $(patsubst %,-Wl$(comma)--wrap=%, \
    open openat __openat_2 fstat pread write fsync fcntl mkdirat fchmodat \
    fchmod renameat unlinkat malloc nanosleep clock_gettime)
$(OUT)/tests/test_privileges_faults: LDFLAGS += $(patsubst %,-Wl$(comma)--wrap=%, \
    open openat __openat_2 fstat pread write fsync fcntl flock mkdirat fchmod \
    ftruncate renameat malloc reallocarray strdup open_memstream nanosleep \
    clock_gettime)
# And hashes are counted.
$(OUT)/tests/test_history: LDFLAGS += -Wl,--wrap=ward_password_match

# What stands for other modules in the stacks of the tests.
$(OUT)/tests/%.so: tests/pam/%.c
	@mkdir -p $(@D)
	$(COMPILE) -shared -o $@ $< -lpam -lcrypt

check: all $(TESTS) $(PROBES) $(HELPERS)
	OUT=$(OUT) VALGRIND=$(VALGRIND) tests/run.sh $(TESTS)

e2e: all $(STACK_PROBE)
	OUT=$(OUT) tests/e2e/run.sh

lint: all
	tests/lint.sh

bench: all
	OUT=$(OUT) CC="$(CC)" bench/run.sh
	OUT=$(OUT) CC="$(CC)" bench/login.sh
	OUT=$(OUT) CC="$(CC)" bench/password.sh
	OUT=$(OUT) CC="$(CC)" bench/words.sh

# One libFuzzer program a parser, each run for FUZZ_SECONDS on its seeds.
FUZZ_FLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_OBJECTS := $(patsubst %.c,build-fuzz/%.o,$(call sources,policy) \
    $(call sources,collect) $(call sources,state))

build-fuzz/%.o: %.c
	@mkdir -p $(@D)
	$(CLANG) -std=c11 $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link \
	    -MMD -MP -c -o $@ $<

build-fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(FUZZ_OBJECTS)
	$(CLANG) -std=c11 $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $< \
	    $(FUZZ_OBJECTS) $(LIBS)

fuzz: $(FUZZERS)
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh $(FUZZERS)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/acctward/plans
	install -m 0755 $(OUT)/bin/acctward $(DESTDIR)$(PREFIX)/bin/acctward
	install -m 0644 $(PLANS) $(DESTDIR)$(PREFIX)/share/acctward/plans
	install -m 0644 $(WORDS) $(DESTDIR)$(PREFIX)/share/acctward/words
	# Never half there: who logs in meanwhile loads the old one or the new.
	install -D -m 0644 $(MODULE) $(DESTDIR)$(PAMDIR)/pam_acctward.so.new
	mv -f $(DESTDIR)$(PAMDIR)/pam_acctward.so.new \
	    $(DESTDIR)$(PAMDIR)/pam_acctward.so
	for page in $(PAGES); do \
	    install -D -m 0644 $$page \
	    $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; \
	done

clean:
	rm -rf build build-san build-fuzz

.PHONY: all po check e2e lint bench fuzz install clean
.SECONDARY:
-include $(shell find build build-san build-fuzz -name '*.d' 2>/dev/null)
