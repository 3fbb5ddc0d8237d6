//! Where a database is, and who may write it.
//!
//! What the address leaves out is looked for where other programs for PostgreSQL look: in the environment and in
//! [`.pgpass`](https://www.postgresql.org/docs/current/libpq-pgpass.html).

use super::tls::Trust;
use crate::sink::{SinkError, without_password};
use postgres::{
    Config,
    config::{Host, SslMode},
};
use std::{env, fs, path::PathBuf, time::Duration};

/// How long a connection may take to come about, unless the address says (`connect_timeout`).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long what was sent may stay without an answer, unless the address says (`tcp_user_timeout`).
const SILENCE: Duration = Duration::from_secs(30);

/// An address, completed.
#[derive(Debug, Clone)]
pub(super) struct Address {
    /// As it is shown: without its password.
    pub shown: String,
    /// How to connect.
    pub config: Config,
    /// Which servers are believed.
    pub trust: Trust,
}

impl Address {
    /// Reads `postgres://user@host:port/database?option=value`.
    pub fn parse(target: &str) -> Result<Self, SinkError> {
        let shown = without_password(target);
        let refused = |reason: String| SinkError::Database { target: shown.clone(), reason };
        let (rest, mode, root) = without_tls(target);
        let mode = mode.or_else(|| env::var("PGSSLMODE").ok()).unwrap_or_else(|| "prefer".to_owned());
        let root = root.or_else(|| env::var("PGSSLROOTCERT").ok()).map(PathBuf::from);
        let mut config: Config = rest.parse().map_err(|error| refused(reason(&error)))?;
        let (ssl_mode, trust) = match mode.as_str() {
            "disable" => (SslMode::Disable, Trust::Anyone),
            "allow" | "prefer" => (SslMode::Prefer, Trust::Anyone),
            // As libpq has it: a list of authorities makes 'require' ask for one of them.
            "require" if root.is_none() => (SslMode::Require, Trust::Anyone),
            "require" | "verify-ca" => (SslMode::Require, Trust::Authority(root)),
            "verify-full" => (SslMode::Require, Trust::Host(root)),
            _ => {
                let known = "disable, prefer, require, verify-ca, verify-full";
                return Err(refused(format!("there is no sslmode '{mode}'; it is one of {known}")));
            }
        };
        complete(&mut config);
        config.application_name(&name_of_this_run());
        // Nobody listens in on a socket of this machine.
        config.ssl_mode(if config.get_hosts().iter().all(is_socket) { SslMode::Disable } else { ssl_mode });
        Ok(Self { shown, config, trust })
    }

    /// How long a server may take to let us in: for each host as long as for the connection, and as long again.
    pub fn answer_to_connect(&self) -> Duration {
        let n_hosts = self.config.get_hosts().len().max(self.config.get_hostaddrs().len()).max(1);
        let once = self.config.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT);
        once.saturating_mul(2).saturating_mul(u32::try_from(n_hosts).unwrap_or(u32::MAX))
    }

    /// How long a server may be silent before it is asked whether it is at work.
    pub fn silence(&self) -> Duration {
        self.config.get_tcp_user_timeout().copied().unwrap_or(SILENCE)
    }
}

/// What the name of our connections begins with.
pub(super) const NAME: &str = "gazzetta, ";

/// How the server shows our connections, and how another run is told who holds the lock. PostgreSQL keeps 63 bytes.
pub(super) fn name_of_this_run() -> String {
    name_of_run(std::process::id())
}

/// The same, of a process of this machine.
pub(super) fn name_of_run(process: u32) -> String {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host: String = host.trim().chars().filter(char::is_ascii_graphic).take(30).collect();
    let place = if host.is_empty() { host } else { format!(" on {host}") };
    format!("{NAME}process {process}{place}")
}

/// The address without the options about TLS that the client library does not know, and these.
fn without_tls(target: &str) -> (String, Option<String>, Option<String>) {
    let Some((rest, options)) = target.split_once('?') else { return (target.to_owned(), None, None) };
    let (mut mode, mut root, mut others) = (None, None, Vec::new());
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.split_once('=') {
            Some(("sslmode", value)) => mode = Some(value.to_owned()),
            Some(("sslrootcert", value)) => root = Some(unescaped(value)),
            _ => others.push(option),
        }
    }
    let mark = if others.is_empty() { "" } else { "?" };
    (format!("{rest}{mark}{}", others.join("&")), mode, root)
}

/// A value of an address, with `%2F` and the like read.
fn unescaped(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Fills in what the address leaves out.
fn complete(config: &mut Config) {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        config.host(&set("PGHOST").unwrap_or_else(|| "localhost".to_owned()));
    }
    if let (None, Some(user)) = (config.get_user(), set("PGUSER")) {
        config.user(&user);
    }
    if let (None, Some(name)) = (config.get_dbname(), set("PGDATABASE")) {
        config.dbname(&name);
    }
    if config.get_password().is_none()
        && let Some(password) = set("PGPASSWORD").or_else(|| kept_password(config))
    {
        config.password(password);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    config.keepalives_idle(SILENCE);
}

fn is_socket(host: &Host) -> bool {
    !matches!(host, Host::Tcp(_))
}

/// The password that `.pgpass` keeps for the address.
fn kept_password(config: &Config) -> Option<String> {
    let path = env::var_os("PGPASSFILE").map(PathBuf::from);
    let path = path.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".pgpass")))?;
    if !is_private(&path) {
        return None;
    }
    let user = config.get_user().map(str::to_owned).or_else(|| env::var("USER").ok())?;
    let host = match config.get_hosts().first()? {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let name = config.get_dbname().unwrap_or(&user).to_owned();
    let hosts = [host.as_str(), if host.starts_with('/') { "localhost" } else { &host }];
    find_password(&fs::read_to_string(path).ok()?, hosts, [&port, &name, &user])
}

/// A file of passwords that others may read is passed over, as libpq does.
#[cfg(unix)]
fn is_private(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_private(path: &std::path::Path) -> bool {
    path.is_file()
}

/// The password of the first line that fits: `host:port:database:user:password`, `*` for anything, `\` before `:` and `\`.
fn find_password(text: &str, hosts: [&str; 2], wanted: [&str; 3]) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let cells = cells(line);
        let [host, port, name, user, password] = &cells[..] else { return None };
        let fits = |cell: &String, wanted: &str| cell == "*" || cell == wanted;
        let is_it = hosts.iter().any(|wanted| fits(host, wanted))
            && [port, name, user].into_iter().zip(wanted).all(|(cell, wanted)| fits(cell, wanted));
        is_it.then(|| password.clone())
    })
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ':' if cells.len() < 5 => cells.push(String::new()),
            '\\' => cells.last_mut().expect("there is one").extend(letters.next()),
            letter => cells.last_mut().expect("there is one").push(letter),
        }
    }
    cells
}

/// What an error says, with all its causes.
pub(super) fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_about_tls_are_ours() {
        assert_eq!(
            without_tls("postgres://h/d?sslmode=verify-full&connect_timeout=3&sslrootcert=%2Fetc%2Fca.pem"),
            (
                "postgres://h/d?connect_timeout=3".to_owned(),
                Some("verify-full".to_owned()),
                Some("/etc/ca.pem".to_owned())
            )
        );
        assert_eq!(without_tls("postgres://h/d?sslmode=require").0, "postgres://h/d");
        assert!(
            Address::parse("postgres://h/d?sslmode=maybe").is_err_and(|error| error.to_string().contains("'maybe'"))
        );
    }

    #[test]
    fn a_password_is_found_as_other_programs_find_it() {
        let text = "# ours\nother:5432:*:ada:no\n/run/db:*:press:ada:so\\:ck\\\\et\n*:*:press:ada:s:t\n";
        let find = |hosts, wanted| find_password(text, hosts, wanted);
        assert_eq!(find(["db", "db"], ["5432", "press", "ada"]).as_deref(), Some("s:t"));
        assert_eq!(find(["/run/db", "localhost"], ["5432", "press", "ada"]).as_deref(), Some("so:ck\\et"));
        assert_eq!(find(["db", "db"], ["5432", "press", "eva"]), None);
    }
}
