#!/usr/bin/env python3
"""Help, hints, exit codes, options before and behind the command; man page and completion say what help says."""
import re
import shutil
import subprocess

from rooster_case import BAD_USE, INTERNAL, ROOSTER, SOURCE, RoosterCase, main

MAN = SOURCE / "adapters/cli/rooster.1"
COMPLETION = SOURCE / "adapters/cli/rooster.bash"
COMMANDS = ["init", "import", "export", "generate", "backup", "audit", "plan", "show", "check", "diff", "explain",
            "candidates", "advise", "assign", "unassign", "pin", "unpin", "undo", "spike", "absent", "swap", "offer",
            "publish", "outbox", "token", "hours", "serve", "help"]


class Basics(RoosterCase):
    def listed(self):
        return re.findall(r"^  ([a-z][a-z-]*) ", self.rooster("--help"), re.MULTILINE)

    def options_of(self, command):
        """The options of a command's help: those of its own, those for every command."""
        help_text = self.rooster(command, "--help")
        own, everywhere = help_text.split("Options for every command")
        find = lambda text: set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", text, re.MULTILINE))
        return find(own), find(everywhere)

    def test_help_lists_every_command(self):
        self.assertEqual(self.listed(), COMMANDS)

    def test_every_command_has_help_with_examples(self):
        for command in self.listed():
            with self.subTest(command=command):
                text = self.rooster(command, "--help")
                self.assertTrue(text.startswith(f"Usage: rooster {command}"), text)
                self.assertIn("\nExamples\n  rooster", text)
                self.assertEqual(text, self.rooster("help", command))
                self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_help_fits_80_columns(self):
        self.assertLessEqual(max(map(len, self.rooster("--help").splitlines())), 80)

    def test_hidden_commands_are_not_listed(self):
        for hidden in ("solve-worker", "calendar-worker"):
            self.assertNotIn(hidden, self.rooster("--help"))
            self.assertIn("no command", self.error("help", hidden))
            self.assertEqual(self.run_rooster(hidden, stdin=subprocess.DEVNULL).returncode, BAD_USE)

    def test_without_a_command_shows_help_and_fails(self):
        process = self.run_rooster()
        self.assertEqual((process.returncode, process.stdout), (BAD_USE, ""))
        self.assertIn("Usage: rooster", process.stderr)

    def test_version(self):
        version = re.search(r"project\(rooster VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text()).group(1)
        self.assertEqual(self.rooster("--version"), f"rooster {version}\n")
        self.assertIn(f"rooster {version}", MAN.read_text())

    def test_an_unknown_command_gets_the_nearest_name(self):
        self.assertEqual(self.error("publsh"), "no command publsh; did you mean publish?")
        self.assertEqual(self.error("quartet"), "no command quartet; `rooster help` lists the commands")
        self.assertEqual(self.error("help", "chekc-not"), "no command chekc-not; `rooster help` lists the commands")

    def test_an_unknown_option_gets_the_nearest_name(self):
        self.assertEqual(self.error("plan", "--weekz", "2026-W49"), "unknown option --weekz; did you mean --week?")
        self.assertEqual(self.error("plan", "--secnods=3"), "unknown option --secnods=3; did you mean --seconds?")
        self.assertEqual(self.error("init", "--zzz"), "unknown option --zzz; --help lists the options")

    def test_an_option_of_a_command_goes_behind_it(self):
        self.assertEqual(self.error("--week", "2026-W49", "show"), "option --week goes behind the command")

    def test_an_option_that_the_command_does_not_take_is_refused(self):
        self.assertIn("unknown option --shift", self.error("show", "--shift", "mon"))

    def test_global_options_go_before_and_behind_the_command(self):
        self.rooster("init", "--db", "behind.db")
        self.assertTrue((self.folder / "behind.db").exists())
        self.assertFalse(self.db.exists())

    def test_a_missing_value_and_missing_or_spare_arguments_are_refused(self):
        self.assertIn("--week", self.error("show", "--week"))
        self.assertEqual(self.error("import"), "usage: rooster import DIR|FILE.ics")
        self.assertIn("one argument too many", self.error("init", "spare"))

    def test_bad_values_are_named(self):
        self.with_pool()
        self.assertIn("2026-49", self.error("show", "--week", "2026-49"))
        self.assertIn("option --format: xml", self.error("show", "--format", "xml"))
        self.assertIn("option --by: month", self.error("show", "--by", "month"))
        self.assertIn("option --gap: -1", self.error("plan", "--gap", "-1"))
        self.assertIn("option --threads: 0", self.error("plan", "--threads", "0"))
        self.assertIn("option --seconds: soon", self.error("plan", "--seconds", "soon"))
        self.assertIn("option --now", self.error("show", "--now", "yesterday"))
        self.assertIn("does not exist", self.error("show", "--now", "2026-03-29T02:30"))

    def test_text_that_is_not_utf8_is_refused(self):
        process = subprocess.run([ROOSTER, "show", b"--as=\xff\xfe"], cwd=self.folder, capture_output=True, check=False)
        self.assertEqual(process.returncode, BAD_USE)
        self.assertEqual(process.stderr, b"rooster: option --as: the text is not UTF-8\n")

    def test_a_database_that_is_not_there_or_not_ours_is_named(self):
        self.assertIn("does not exist; `rooster init` makes a database", self.error("show"))
        self.db.write_text("not a database at all, but long enough to look at it twice" * 20)
        self.assertIn(str(self.db), self.error("show"))

    def test_an_empty_database_says_what_to_do(self):
        self.rooster("init")
        self.assertIn("`rooster import DIR`", self.error("show"))

    def test_output_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = subprocess.run([ROOSTER, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(process.returncode, INTERNAL)
        self.assertIn("cannot be written", process.stderr)

    def test_the_man_page_describes_every_command_and_option(self):
        page = MAN.read_text().replace("\\-", "-")
        sections = {part.split()[0]: part for part in re.split(r"^\.SS ", page, flags=re.MULTILINE)[1:]}
        self.assertEqual(sorted(sections), sorted(COMMANDS))
        general = page.split(".SH DATA")[0]
        for command in COMMANDS:
            own, everywhere = self.options_of(command)
            alias = re.search(r"options are those of\n\.BR (\w+)", sections[command])
            text = sections[alias.group(1) if alias else command]
            for option in own:
                self.assertRegex(text, rf"{option}(?![a-z-])", f"{command}: {option} is not in the man page")
            for option in everywhere:
                self.assertRegex(general, rf"{option}(?![a-z-])")
            described = set(re.findall(r"^\.[BT][A-Z]*.*?(--[a-z]+(?:-[a-z]+)*)", text, re.MULTILINE))
            self.assertLessEqual(described - everywhere, self.options_of(command)[0] | {"--week", "--feeds", "--drain"},
                                 f"{command}: the man page has options that help has not")

    def test_the_man_page_is_clean(self):
        if not shutil.which("man"):
            self.skipTest("man is not installed")
        process = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", str(MAN)], capture_output=True,
                                 text=True, check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
        self.assertEqual((process.returncode, process.stderr), (0, ""))
        self.assertIn("EXIT STATUS", re.sub(".\\x08", "", process.stdout))  # bold is a letter struck twice

    def complete(self, *words):
        """What bash offers for the last word."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _rooster; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        process = subprocess.run(["bash", "-c", script, "bash", str(COMPLETION), "rooster", *words], capture_output=True,
                                 text=True, check=True)
        self.assertEqual(process.stderr, "")
        return set(process.stdout.split())

    def test_completion_offers_every_command_and_option(self):
        self.assertEqual({word for word in self.complete("") if not word.startswith("-")}, set(COMMANDS))
        self.assertEqual(self.complete("pub"), {"publish"})
        for command in COMMANDS:
            own, everywhere = self.options_of(command)
            self.assertEqual(self.complete("--db", "x.db", command, "--"), own | everywhere, command)

    def test_completion_offers_values(self):
        self.assertEqual(self.complete("show", "--by", ""), {"worker", "coop", "day"})
        self.assertEqual(self.complete("show", "--format", "j"), {"json"})
        self.assertEqual(self.complete("hours", ""), {"show", "confirm", "dispute", "correct"})
        self.assertEqual(self.complete("export", ""), {"roster", "pool", "model", "hours", "invoice", "payroll"})


if __name__ == "__main__":
    main()
