//! What is the matter with the timing of a subtitle beside that of its original.

/// A place where the cues of two files of subtitles part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// From this cue on cues are shown later than those of the original that they render, or earlier.
    Shifted {
        /// By so many milliseconds; less than nothing for earlier.
        by: i64,
        /// … and by so many in the last cue that could be compared.
        at_last: i64,
    },
    /// A cue of the original is not rendered: nothing is shown when it is.
    Lost {
        /// When that is in the original, in milliseconds from the start.
        at: u64,
        /// What it says.
        text: String,
        /// How many such cues there are in all.
        count: usize,
    },
}
