//! Certificates made here, read back.
#![expect(clippy::unwrap_used, reason = "a test")]

use ciel_certs::{Certificate, KeyKind, read, read_request};
use ciel_core::Timestamp;
use proptest::prelude::*;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SanType, date_time_ymd};

fn made(names: &[&str]) -> (String, String) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = date_time_ymd(2026, 1, 2);
    params.not_after = date_time_ymd(2026, 4, 2);
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "shop");
    params
        .distinguished_name
        .push(DnType::OrganizationName, "system:masters");
    params
        .subject_alt_names
        .push(SanType::Rfc822Name("ops@shop.example".try_into().unwrap()));
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

fn one(names: &[&str]) -> Certificate {
    read(made(names).0.as_bytes()).certificates.remove(0)
}

#[test]
fn facts_are_read() {
    let certificate = one(&["Shop.example", "10.0.0.1"]);
    assert_eq!(certificate.dns, ["shop.example"]);
    assert_eq!(
        certificate.addresses,
        ["10.0.0.1".parse::<std::net::IpAddr>().unwrap()]
    );
    assert_eq!(certificate.emails, ["ops@shop.example"]);
    assert_eq!(certificate.subject.common_name, "shop");
    assert_eq!(certificate.subject.organizations, ["system:masters"]);
    assert_eq!(
        certificate.not_before,
        "2026-01-02".parse::<Timestamp>().unwrap()
    );
    assert_eq!(
        certificate.not_after,
        "2026-04-02".parse::<Timestamp>().unwrap()
    );
    assert_eq!(certificate.key, KeyKind::Curve(256));
    assert_eq!(certificate.weak_hash, None);
    assert!(certificate.is_self_issued && !certificate.is_authority);
}

#[test]
fn hosts_match_as_in_browsers() {
    let certificate = one(&["shop.example", "*.shop.example", "10.0.0.1"]);
    for host in [
        "shop.example",
        "SHOP.example",
        "www.shop.example",
        "*.shop.example",
        "10.0.0.1",
    ] {
        assert!(certificate.covers(host), "{host}");
    }
    for host in [
        "a.b.shop.example",
        "*.b.shop.example",
        "example",
        "",
        "shop",
        "10.0.0.2",
    ] {
        assert!(!certificate.covers(host), "{host}");
    }
}

#[test]
fn a_key_knows_its_certificate() {
    let (certificate, key) = made(&["a.example"]);
    let (other, _) = made(&["a.example"]);
    let key = read(key.as_bytes()).keys.remove(0);
    assert_eq!(
        key.belongs_to(&read(certificate.as_bytes()).certificates[0]),
        Some(true)
    );
    assert_eq!(
        key.belongs_to(&read(other.as_bytes()).certificates[0]),
        Some(false)
    );
}

#[test]
fn chains_are_read_in_order_with_what_stands_between() {
    let text = format!(
        "# leaf\n{}# next\n{}",
        made(&["a.example"]).0,
        made(&["b.example"]).0
    );
    let read = read(text.as_bytes());
    let names: Vec<_> = read
        .certificates
        .iter()
        .map(|it| it.dns[0].as_str())
        .collect();
    assert_eq!(names, ["a.example", "b.example"]);
}

#[test]
fn a_cut_certificate_is_damaged() {
    let (pem, _) = made(&["a.example"]);
    assert!(read(&pem.as_bytes()[..pem.len() / 2]).is_damaged);
    assert!(!read(pem.as_bytes()).is_damaged);
}

#[test]
fn requests_are_read() {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "eve");
    params
        .distinguished_name
        .push(DnType::OrganizationName, "system:masters");
    let request = params
        .serialize_request(&KeyPair::generate().unwrap())
        .unwrap();
    let read = read_request(request.pem().unwrap().as_bytes()).unwrap();
    assert_eq!(read.subject.common_name, "eve");
    assert_eq!(read.subject.organizations, ["system:masters"]);
}

proptest! {
    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..600, flip in 0usize..600) {
        let _ = Certificate::from_der(&bytes);
        let mut pem = made(&["a.example"]).0.into_bytes();
        let at = flip % pem.len();
        pem[at] ^= 1;
        pem.truncate(pem.len().saturating_sub(cut));
        pem.extend(&bytes);
        let _ = read(&pem);
        let _ = read_request(&pem);
    }
}
