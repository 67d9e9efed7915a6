#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""What stacks really do, held against what is expected of `acctward stack`, and
against what it says.

    stacks.py STACKS OUT
        STACKS/<case>/expected, OUT/<case>.real, OUT/<case>.SERVICE.json
    stacks.py --check STACKS OUT
        The claims against what is expected, alone.
    stacks.py --claims FILE.json...
        The claims, as lines of an expected file.

A line: SERVICE user|root CLAIM PROOF [NUMBER [SECONDS]] [plan] [# why]
`plan` is for what pam_acctward.so holds, by more than the number. Where it is
not the real thing, `# why` says it.
"""
import json
import os
import sys

ORDER = ["min_length", "min_classes", "no_account_name", "weak", "history",
         "locked", "counted", "right", "reset", "asked", "empty", "ended",
         "change"]


def claims_of(path):
    """The claims of a JSON as {(service, who, claim): [word...]}."""
    claims = {}
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    for service in data["services"]:
        for who in ("user", "root"):
            for claim in service["claims"][who]:
                words = [claim["proof"]]
                for key in ("number", "seconds"):
                    if claim.get(key) is not None:
                        words.append(str(claim[key]))
                if claim.get("by_plan"):
                    words.append("plan")
                claims[service["name"], who, claim["claim"]] = words
    return claims


def lines_of(path):
    """The lines of a file as {(service, who, claim): [word...]}, and whys."""
    lines, whys = {}, {}
    if not os.path.exists(path):
        return lines, whys
    with open(path, encoding="utf-8") as file:
        for line in file:
            text, _, why = line.partition("#")
            words = text.split()
            if words:
                lines[tuple(words[:3])] = words[3:]
                whys[tuple(words[:3])] = why.strip()
    return lines, whys


def differs(claim, said, real, counted, locked):
    """Why what is said can't be, by what really happened; or None. `counted`
    is what is said of that, `locked` what really came of it."""
    # It holds for an account that is locked; here none ever is.
    if claim == "locked" and counted == ["broken"]:
        return None
    if claim == "counted" and said == ["broken"] and locked == ["broken"]:
        return None
    proof, numbers = said[0], [w for w in said[1:] if w != "plan"]
    if claim == "no_account_name":
        numbers = []  # of the name: those that are tried are longer
    if proof == "unknown":
        return None
    if proof == "none":
        return None if real[0] == "none" else "there is a case"
    if real[0] == "none":
        return None
    if proof == "broken":
        if real[0] == "held" and not least(claim, real):
            return "nothing shows it"
        return None
    # Who comes by a key is told, and not stopped.
    if real == ["broken", "key"] and "plan" in said:
        return None
    if real[0] == "broken":
        return None if least(claim, said) else "it does not hold"
    if "plan" in said:
        return None if int((real + ["0"])[1]) >= int((numbers + ["0"])[0]) \
            else "less"
    if numbers != real[1:]:
        return "another number"
    return None


def least(claim, words):
    """A number that asks for nothing."""
    return claim == "min_length" and words[1:2] == ["1"]


def cases_of(stacks):
    return [name for name in sorted(os.listdir(stacks)) if name != "base" and
            os.path.isdir(os.path.join(stacks, name))]


def read_claims(out, name, services, bad):
    claims = {}
    for service in services:
        try:
            claims.update(claims_of(
                os.path.join(out, f"{name}.{service}.json")))
        except (OSError, ValueError) as error:
            bad.append(f"{service}: no claims: {error}")
    return claims


def unexpected(claims, expected):
    """What is said and not expected, or the other way round."""
    for key in sorted(claims.keys() | expected.keys(),
                      key=lambda k: (k[0], k[1], ORDER.index(k[2]))):
        said = claims.get(key, ["nothing"])
        should = expected.get(key, ["nothing"])
        if said != should:
            yield (f"{' '.join(key)}: {' '.join(said)}, expected "
                   f"{' '.join(should)}")


def compare(stacks, out):
    """Each case tried for real: a line that says ok, or what is not."""
    for name in cases_of(stacks):
        real, _ = lines_of(os.path.join(out, name + ".real"))
        expected, whys = lines_of(os.path.join(stacks, name, "expected"))
        bad = [] if real else ["it was not tried"]
        claims = read_claims(out, name, sorted({k[0] for k in real}), bad)
        bad.extend(unexpected(claims, expected))
        for key, was in real.items():
            said = claims.get(key)
            why = said and differs(key[2], said, was,
                                   claims.get((*key[:2], "counted")),
                                   real.get((*key[:2], "locked")))
            if why and not whys.get(key):
                bad.append(f"{' '.join(key)}: {' '.join(said)}, really "
                           f"{' '.join(was)}: {why}")
        for text in bad:
            print(f"NOT OK  stacks: {name}: {text}")
        if not bad:
            print(f"ok      stacks: {name}: {len(real)} claims")


def check(stacks, out):
    good = True
    for name in cases_of(stacks):
        expected, _ = lines_of(os.path.join(stacks, name, "expected"))
        bad = []
        claims = read_claims(out, name, sorted({k[0] for k in expected}), bad)
        bad.extend(unexpected(claims, expected))
        for text in bad or ([] if expected else ["nothing is expected"]):
            print(f"{name}: {text}")
            good = False
    return good


def main():
    if sys.argv[1] == "--claims":
        for path in sys.argv[2:]:
            for key, words in claims_of(path).items():
                print(" ".join([*key, *words]))
    elif sys.argv[1] == "--check":
        sys.exit(0 if check(*sys.argv[2:]) else 1)
    else:
        compare(*sys.argv[1:])


if __name__ == "__main__":
    main()
