//! Programs that sell a machine's bandwidth: strangers' traffic leaves from its address, and somebody is paid for it.
use ciel_core::ImageName;

use crate::{downloads, miners, programs, shell, text};

/// A service, the repositories and accounts (with a slash behind) on Docker Hub that publish its client, and the
/// client's file names.
struct Service {
    name: &'static str,
    repositories: &'static [&'static str],
    programs: &'static [&'static str],
}

static SERVICES: &[Service] = &[
    Service {
        name: "Traffmonetizer",
        repositories: &["traffmonetizer/"],
        programs: &["traffmonetizer"],
    },
    Service {
        name: "PacketStream",
        repositories: &["packetstream/"],
        programs: &["psclient", "packetstream"],
    },
    Service {
        name: "Honeygain",
        repositories: &["honeygain/"],
        programs: &["honeygain"],
    },
    Service {
        name: "Peer2Profit",
        repositories: &["peer2profit/"],
        programs: &["peer2profit", "p2pclient"],
    },
    Service {
        name: "Pawns",
        repositories: &["iproyal/"],
        programs: &["pawns-cli"],
    },
    Service {
        name: "Repocket",
        repositories: &["repocket/"],
        programs: &["repocket"],
    },
    Service {
        name: "EarnFM",
        repositories: &["earnfm/"],
        programs: &["earnfm", "earnfm-client"],
    },
    Service {
        name: "EarnApp",
        repositories: &["fazalfarhan01/earnapp"],
        programs: &["earnapp"],
    },
    Service {
        name: "ProxyRack",
        repositories: &["proxyrack/"],
        programs: &["proxyrack"],
    },
    Service {
        name: "Bitping",
        repositories: &["bitping/"],
        programs: &["bitpingd", "bitping-node"],
    },
    Service {
        name: "Mysterium",
        repositories: &["mysteriumnetwork/myst"],
        programs: &["myst"],
    },
];

/// The service whose client an image holds: published by the service, or named after it by somebody else.
#[must_use]
pub fn proxyware_image(image: &str) -> Option<&'static str> {
    let name = ImageName::parse(image);
    let repository = name.repository.to_ascii_lowercase();
    if miners::watches(&repository) {
        return None;
    }
    let base = repository.rsplit('/').next().unwrap_or_default();
    SERVICES
        .iter()
        .find(|service| {
            let published = name.is_docker_hub()
                && service.repositories.iter().any(|known| {
                    if known.ends_with('/') {
                        repository.starts_with(known)
                    } else {
                        repository == *known
                    }
                });
            published
                || service
                    .programs
                    .iter()
                    .any(|program| program.len() >= 7 && is_named_after(base, program))
        })
        .map(|service| service.name)
}

/// Whether a name is the program's, perhaps with words before or behind (`docker-honeygain`, `honeygain_arm`).
fn is_named_after(name: &str, program: &str) -> bool {
    name.match_indices(program).any(|(at, _)| {
        let ends = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let bytes = name.as_bytes();
        ends(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && ends(bytes.get(at + program.len()))
    })
}

/// The service whose client a command line starts, and the index of the word that names it.
#[must_use]
pub fn proxyware_in_argv(argv: &[&str]) -> Option<(usize, &'static str)> {
    let at = programs::wrappers(argv);
    let program = text::basename(argv.get(at)?);
    if let Some(service) = by_program(program) {
        return Some((at, service));
    }
    if !downloads::is_shell(program) {
        return None;
    }
    let (index, script) = argv.iter().enumerate().skip(at + 1).find(|(_, word)| {
        word.contains(char::is_whitespace)
            && SERVICES
                .iter()
                .flat_map(|service| service.programs)
                .any(|program| word.contains(program))
    })?;
    shell::parse(script).iter().find_map(|command| {
        let words: Vec<&str> = command
            .words
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        let program = words.get(programs::wrappers(&words))?;
        Some((index, by_program(text::basename(program))?))
    })
}

fn by_program(program: &str) -> Option<&'static str> {
    let service = SERVICES
        .iter()
        .find(|service| service.programs.contains(&program))?;
    Some(service.name)
}
