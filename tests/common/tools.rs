//! Programs of others that the tests call: `tests/setup.sh` installs them, most into `target/tools`.

#![allow(unreachable_pub, dead_code, reason = "each test crate compiles it as a private module and uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the tools; the first who asks for it has them installed where they are not.
pub fn tools() -> &'static Path {
    static TOOLS: OnceLock<PathBuf> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let out = Command::new("bash").arg(project().join("tests/setup.sh")).output().expect("bash");
        assert!(out.status.success(), "tests/setup.sh: {}", String::from_utf8_lossy(&out.stderr));
        project().join("target/tools")
    })
}

/// A program of the Python environment.
pub fn python(program: &str) -> Command {
    let mut command = Command::new(tools().join("python/bin").join(program));
    // No cache beside the sources of the tools, and no locale between them and a Chinese file name.
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
    command
}

/// A program of the npm packages.
pub fn npm(program: &str) -> Command {
    Command::new(tools().join("node_modules/.bin").join(program))
}

/// A program of the system that `tests/setup.sh` sees to.
pub fn system(program: &str) -> Command {
    tools();
    Command::new(program)
}

/// A file of an npm package.
pub fn package(file: &str) -> PathBuf {
    tools().join("node_modules").join(file)
}

/// Runs a program to its end; whether it is content, and all that it printed.
pub fn ask(command: &mut Command) -> (bool, String) {
    let Output { status, stdout, stderr } = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    (status.success(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
}

/// A YAML file as JSON.
pub fn yaml(path: &Path) -> serde_json::Value {
    let script = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1], encoding='utf-8')), sys.stdout)";
    let (good, said) = ask(python("python").args(["-c", script]).arg(path));
    assert!(good, "{}: {said}", path.display());
    serde_json::from_str(&said).expect("JSON")
}
