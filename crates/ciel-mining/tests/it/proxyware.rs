use ciel_mining::{proxyware_image, proxyware_in_argv};

#[test]
fn clients_are_known_by_their_images() {
    for (image, expected) in [
        ("traffmonetizer/cli_v2:latest", Some("Traffmonetizer")),
        (
            "docker.io/packetstream/psclient:latest",
            Some("PacketStream"),
        ),
        ("honeygain/honeygain", Some("Honeygain")),
        ("someone/docker-honeygain:1", Some("Honeygain")),
        ("registry.example.com/x/pawns-cli", Some("Pawns")),
        ("iproyal/pawns-cli:latest", Some("Pawns")),
        ("repocket/repocket", Some("Repocket")),
        ("mysteriumnetwork/myst:latest", Some("Mysterium")),
        ("someone/honeygain-exporter", None),
        ("someone/mystic", None),
        ("envoyproxy/envoy", None),
        ("nginx", None),
        ("", None),
    ] {
        assert_eq!(proxyware_image(image), expected, "{image}");
    }
}

#[test]
fn clients_are_known_by_their_programs() {
    for (argv, expected) in [
        (
            &["/app/honeygain", "-tou-accept"] as &[&str],
            Some((0, "Honeygain")),
        ),
        (
            &["sh", "-c", "sleep 5; nohup ./psclient &"],
            Some((2, "PacketStream")),
        ),
        (&["sh", "-c", "pkill honeygain; exec app"], None),
        (&["app", "honeygain"], None),
        (&[], None),
    ] {
        assert_eq!(proxyware_in_argv(argv), expected, "{argv:?}");
    }
}
