use ciel_report::Format;
use serde_json::{Value, json};

use crate::fixture::{Input, empty, hostile, many};

fn read(input: &Input) -> Value {
    serde_json::from_str(&input.write(Format::Sarif)).expect("JSON")
}

#[test]
fn indices_point_at_what_they_name() {
    let run = &read(&hostile())["runs"][0];
    let driver = &run["tool"]["driver"];
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
    }
    let target = &driver["rules"][0]["relationships"][0]["target"];
    let index = target["toolComponent"]["index"].as_u64().expect("an index") as usize;
    assert_eq!(
        run["taxonomies"][index]["name"],
        target["toolComponent"]["name"]
    );
    let taxa = run["taxonomies"][index]["taxa"].as_array().expect("taxa");
    assert!(taxa.contains(&json!({"id": target["id"]})));
}

#[test]
fn fix_is_the_edit_of_the_text() {
    let report = read(&hostile());
    let fix = &report["runs"][0]["results"][0]["fixes"][0];
    assert_eq!(
        fix["artifactChanges"][0],
        json!({
            "artifactLocation": {"uri": "deploy/web.yaml", "uriBaseId": "%SRCROOT%"},
            "replacements": [{
                "deletedRegion": {"startLine": 10, "startColumn": 23, "endLine": 10, "endColumn": 27},
                "insertedContent": {"text": "false"},
            }],
        })
    );
}

#[test]
fn rendered_text_has_neither_region_nor_fix() {
    let result = &read(&hostile())["runs"][0]["results"][2];
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!((location.get("region"), result.get("fixes")), (None, None));
}

#[test]
fn suppressed_finding_says_why() {
    let report = read(&hostile());
    let suppression = &report["runs"][0]["results"][6]["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert!(
        suppression["justification"]
            .as_str()
            .is_some_and(|reason| reason.starts_with("known, says "))
    );
}

#[test]
fn live_object_has_a_name_and_no_file() {
    let report = read(&hostile());
    let location = &report["runs"][0]["results"][5]["locations"][0];
    assert_eq!(location.get("physicalLocation"), None);
    assert_eq!(location["logicalLocations"][0]["kind"], "object");
}

#[test]
fn what_could_not_be_read_is_a_notification() {
    let invocation = &read(&hostile())["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(
        notification["message"]["text"],
        "a flow sequence is not closed"
    );
}

#[test]
fn nothing_is_an_empty_list_of_results() {
    assert_eq!(read(&empty())["runs"][0]["results"], json!([]));
}

#[test]
fn results_are_in_the_order_of_the_findings() {
    let report = read(&many(5_000));
    let results = report["runs"][0]["results"].as_array().expect("results");
    let name = &results[4_999]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(
        *name,
        "team-499/Deployment/web-999.spec.template.spec.containers[4999].image"
    );
}

#[test]
fn findings_beside_a_known_one_are_new() {
    let mut input = hostile();
    input.findings[0].is_known = true;
    let report = read(&input);
    let state = |at: usize| report["runs"][0]["results"][at]["baselineState"].clone();
    assert_eq!((state(0), state(1)), (json!("unchanged"), json!("new")));
}
