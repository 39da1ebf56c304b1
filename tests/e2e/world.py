# SPDX-License-Identifier: GPL-3.0-or-later
"""A province and its desks, made of the real programs, in a folder that is thrown away."""

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

SOURCE = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
OFFICE = "H05.032.07"
OFFICE_NAME = "Xã Thử Nghiệm"
BIRTH = "1.001193"
PEOPLE = {
    "an": ("clerk", "Trần Văn An", "ruong bac thang 17"),
    "binh": ("officer", "Nguyễn Thị Bình", "song huong chieu 28"),
    "chi": ("leader", "Lê Thị Chi", "nui ba den sang 39"),
}

NEWCOMER = "ruong dong que nha 10"

DONE, REFUSED, USAGE, OFFLINE = 0, 1, 2, 3


def build():
    """The build folder."""
    return os.environ.get("MOTCUA_BUILD", os.path.join(SOURCE, "_build"))


def program(name):
    """Where the build has left a program."""
    folder = {"motcua": "app", "motcuactl": "ctl", "motcua-server": "server"}[name]
    return os.path.join(build(), "src", folder, name)


def secret_of(login):
    """What that person opens every desk with here; on a machine without a keyring that is a passphrase."""
    return PEOPLE[login][2] if login in PEOPLE else NEWCOMER


class Failed(AssertionError):
    """A program did not end as it should have."""


class Answer:
    """How a program ended."""

    def __init__(self, command, code, out, err):
        self.command, self.code, self.out, self.err = command, code, out, err

    def __str__(self):
        return f"{' '.join(self.command)}: ended with {self.code}\n{self.out[-2000:]}{self.err[-2000:]}"

    def json(self):
        """The one JSON value on stdout."""
        try:
            return json.loads(self.out)
        except ValueError as error:
            raise Failed(f"not JSON ({error}): {self}") from error


def run(command, secret=None, expect=DONE, timeout=120, env=None):
    done = subprocess.run(
        command,
        input=secret or "",
        capture_output=True,
        text=True,
        timeout=timeout,
        env=env,
    )
    answer = Answer(command, done.returncode, done.stdout, done.stderr)
    if expect is not None and answer.code != expect:
        raise Failed(f"expected {expect}: {answer}")
    return answer


def clean_environment(home):
    """Nothing of the person who runs the tests: no keyring, no proxy, no language but ours."""
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and not k.startswith("DBUS_")}
    env.update(HOME=home, LC_ALL="C.UTF-8", LANGUAGE="vi", DBUS_SESSION_BUS_ADDRESS="unix:path=" + home + "/no-bus")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        env.pop(name, None)
    return env


class Server:
    """motcua-server on loopback. It keeps the port that it was given at its first start."""

    binary = None  # what the build has left
    env = None

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.process = None
        atexit.register(self.stop)
        self.log = open(folder + ".log", "ab")

    def verb(self, *words, secret=None, expect=DONE):
        return run([program("motcua-server"), "--data", self.folder, *words], secret=secret, expect=expect)

    def found(self):
        """A commune with its people, the catalogue and the calendar that ship with the program."""
        self.verb("init")
        self.verb("office", "add", "--code", OFFICE, "--name", OFFICE_NAME)
        for login, (role, name, _) in PEOPLE.items():
            self.verb("staff", "add", "--office", OFFICE, "--login", login, "--name", name, "--role", role)
        self.verb("catalogue", "import", os.path.join(SOURCE, "data", "catalogue", "procedures.json"))
        self.verb("catalogue", "import", os.path.join(SOURCE, "data", "calendar", "vietnam.json"))

    def code_of(self, login, office=OFFICE):
        """A one-time code with which that person opens a desk."""
        return self.verb("staff", "code", "--office", office, "--login", login).out.split()[-1]

    def invite(self):
        return self.verb("invite", "--office", OFFICE).out.split()[-1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [self.binary or program("motcua-server"), "--data", self.folder, "serve", "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True, env=self.env
        )
        first = self.process.stdout.readline()
        match = re.search(r"listening on http://127\.0\.0\.1:(\d+)", first)
        if not match:
            raise Failed(f"the server's first line is {first!r}")
        self.port = int(match[1])

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(30)
        self.process.stdout.close()
        self.process = None

    def kill(self):
        self.stop(signal.SIGKILL)

    def peak_kb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1])


class Desk:
    """One profile, used through motcuactl."""

    def __init__(self, folder, server=None):
        self.folder = folder
        self.server = server
        self.people = set()
        self.env = clean_environment(os.path.dirname(folder))

    def command(self, *words, as_json=False):
        return [program("motcuactl"), "--profile", self.folder, *(["--json"] if as_json else []), *words]

    def verb(self, *words, secret=None, expect=DONE, timeout=120):
        return run(self.command(*words), secret=secret, expect=expect, timeout=timeout, env=self.env)

    def ask(self, *words, secret=None, timeout=120):
        """What a verb says with --json."""
        return run(self.command(*words, as_json=True), secret=secret, timeout=timeout, env=self.env).json()

    def enrol(self, url, code):
        self.verb("enrol", "--server", url, "--code", code)

    def activate(self, *names, office=OFFICE, expect=DONE):
        """The first time of these people at this desk; who came last goes on working."""
        for name in names:
            code = self.server.code_of(name, office)
            self.verb("activate", name, code, secret=secret_of(name) + "\n", expect=expect)
            self.people.add(name)
            self.env.update(MC_LOGIN=name, MC_SECRET=secret_of(name))

    def upgrade(self, name, before):
        """A profile of before there were keys is opened with the secret of then, and gets a new one."""
        self.verb("login", name, secret=f"{before}\n{secret_of(name)}\n")
        self.people.add(name)
        self.env.update(MC_LOGIN=name, MC_SECRET=secret_of(name))

    def login(self, name, expect=DONE):
        if name not in self.people:
            return self.activate(name)
        answer = self.verb("login", name, secret=secret_of(name) + "\n", expect=expect)
        self.env.update(MC_LOGIN=name, MC_SECRET=secret_of(name))
        return answer

    def receive(self, *receptions, timeout=120):
        """Receives all at once; returns their {"id", "code"}."""
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in receptions)
        answer = run(self.command("receive", "-", as_json=True), secret=text, timeout=timeout, env=self.env)
        return [json.loads(line) for line in answer.out.splitlines()]

    def sync(self, expect=DONE, timeout=120):
        return self.verb("sync", expect=expect, timeout=timeout)

    def value(self, dossier, group):
        """What stands in a group."""
        return self.ask("show", dossier)["groups"].get(group)

    def check(self):
        self.verb("check")


def reception(name, **more):
    return {"procedure": BIRTH, "applicant": {"name": name, **more.pop("applicant", {})}, **more}


def make_pdf(path, pages=2, lines=40):
    """A PDF that looks like a scan: pages of text, written by hand so that it needs no library."""
    def page(number):
        rows = " ".join(
            f"1 0 0 1 60 {780 - 18 * i} Tm (GIAY CHUNG SINH {number}.{i} So 0{number}{i}/2026) Tj" for i in range(lines)
        )
        return f"BT /F1 11 Tf {rows} ET 60 60 180 90 re S"

    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(pages))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i in range(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>"
        )
        stream = page(i + 1)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode("ascii")
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
    with open(path, "wb") as file:
        file.write(out)


def wait_until(true, seconds=30, what="it", found=None):
    """Asks again and again until the answer is not false; no fixed sleep decides. found: what there is instead."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = true()
        if answer:
            return answer
        time.sleep(0.05)
    raise Failed(f"waited {seconds} s in vain for {what}" + (f", but: {found()}" if found else ""))


class World:
    """A running province and a folder; everything it started ends with it."""

    def __init__(self, folder=None):
        self.keep = folder is not None
        self.folder = folder or tempfile.mkdtemp(prefix="motcua-e2e-")
        os.makedirs(self.folder, exist_ok=True)
        self.server = Server(self.path("province"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def __enter__(self):
        self.server.found()
        self.server.start()
        return self

    def desk(self, name, url=None, login=None, code=None):
        desk = Desk(self.path(name), self.server)
        desk.enrol(url or self.server.url, code or self.server.invite())
        desk.login(login or "an")
        return desk

    def __exit__(self, kind, value, trace):
        self.server.stop()
        self.server.log.close()
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)
