//! A session reads again what changed, and nothing else.

use std::time::Duration;

use ciel_load::{Input, Loaded, Progress, Session, load};

use crate::support::{Folder, POD, options};

/// Long enough for a change to show in a file's time.
const TICK: Duration = Duration::from_millis(40);

struct Case {
    folder: Folder,
    session: Session,
}

impl Case {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder::new(files);
        std::thread::sleep(TICK);
        Self {
            folder,
            session: Session::new(),
        }
    }

    /// Loads the folder and checks that the session says what a first run says.
    #[track_caller]
    fn load(&mut self) -> (Loaded, u64) {
        let inputs = [Input::from_argument(self.folder.path(""))];
        let progress = Progress::default();
        let loaded = self.session.load(&inputs, &options(), &progress).unwrap();
        let plain = load(&inputs, &options(), &Progress::default()).unwrap();
        assert_eq!(shown(&loaded), shown(&plain));
        (loaded, progress.bytes())
    }
}

fn shown(loaded: &Loaded) -> Vec<(String, String, usize)> {
    loaded
        .files
        .iter()
        .map(|file| {
            let source = &file.source;
            (
                source.name.clone(),
                source.text.to_string(),
                file.documents.len(),
            )
        })
        .collect()
}

#[test]
fn only_what_changed_is_read_again() {
    let other = POD.replace("name: a", "name: other");
    let mut case = Case::new(&[("a.yaml", POD), ("b.yaml", &other)]);
    let (_, first) = case.load();
    assert_eq!(first as usize, POD.len() + other.len());
    let (_, second) = case.load();
    assert_eq!(second, 0);
    case.folder
        .write("a.yaml", POD.replace("name: a", "name: b"));
    std::thread::sleep(TICK);
    let (_, third) = case.load();
    assert_eq!(third as usize, POD.len());
}

#[test]
fn files_that_come_and_go_are_seen() {
    let mut case = Case::new(&[("a.yaml", POD)]);
    case.load();
    case.folder.write("b.yaml", POD);
    assert_eq!(case.load().0.files.len(), 2);
    std::fs::remove_file(case.folder.path("a.yaml")).unwrap();
    assert_eq!(case.load().0.files.len(), 1);
}

#[test]
fn an_editor_s_text_stands_for_the_file() {
    let folder = Folder::new(&[("a.yaml", POD)]);
    let mut session = Session::new();
    let inputs = [Input::from_argument(folder.path(""))];
    let text_of = |session: &mut Session| {
        let loaded = session
            .load(&inputs, &options(), &Progress::default())
            .unwrap();
        loaded.files[0].source.text.to_string()
    };
    let edited = POD.replace("name: a", "name: edited");
    session.set_text(&folder.path("a.yaml"), edited.as_str());
    assert_eq!(text_of(&mut session), edited);
    session.clear_text(&folder.path("a.yaml"));
    assert_eq!(text_of(&mut session), POD);
}

#[test]
fn a_rendering_is_kept_until_a_file_of_it_changes() {
    let mut case = Case::new(&[
        (
            "k/kustomization.yaml",
            "resources: [pod.yaml]\nnamePrefix: x-\n",
        ),
        ("k/pod.yaml", POD),
    ]);
    let (first, _) = case.load();
    let (second, _) = case.load();
    assert_eq!(shown(&first), shown(&second));
    case.folder
        .write("k/pod.yaml", POD.replace("name: a", "name: b"));
    std::thread::sleep(TICK);
    let (third, _) = case.load();
    assert_ne!(shown(&second), shown(&third));
}
