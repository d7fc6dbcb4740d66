//! A directory of one's own, and git in it.

#![allow(unreachable_pub, dead_code, reason = "each test crate compiles it as a private module and uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::dir::DirRoot;

/// A directory outside of any repository that lasts as long as this.
pub struct Place(DirRoot);

impl Place {
    pub fn new() -> Self {
        Self(DirRoot::mutable_temp().expect("a temporary directory"))
    }

    /// A repository without a commit.
    pub fn repository() -> Self {
        let place = Self::new();
        place.git(&["init", "-q", "-b", "main"]);
        place
    }

    pub fn path(&self) -> &Path {
        self.0.path().expect("a directory")
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, text).expect("a file");
    }

    /// A program in the directory. What the tester has configured for git, or a hook that runs the tests, has no say.
    pub fn command(&self, mut command: Command) -> Command {
        command.current_dir(self.path());
        let who = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
        command.envs(who.map(|name| (name, "test@example.org")));
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command
    }

    pub fn git(&self, args: &[&str]) {
        let mut git = Command::new("git");
        git.args(args);
        let out = self.command(git).output().expect("git");
        assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }
}
