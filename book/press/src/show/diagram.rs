//! `{{#diagram}}`: a sequence diagram, and the same in words.

use std::fmt::Write as _;

use super::{
    Page,
    ask::Picture,
    html::{escape, inline},
};
use crate::manuscript::directive::Wrong;

impl Page<'_> {
    /// The figure.
    pub(super) fn diagram(&self, picture: &Picture, column: u32) -> Result<String, Wrong> {
        let packets = self.packets(picture, column)?;
        let diagram = packets.diagram(&picture.program);
        if diagram.is_empty() {
            let message = "nothing is left to draw; add `detail=whole`, or name other actors";
            return Err(Wrong::at(column, message));
        }
        let caption = picture
            .caption
            .as_ref()
            .map_or(String::new(), |caption| format!("<figcaption>{}</figcaption>", inline(caption)));
        let svg = diagram.to_svg().replace('\n', "");
        let mut words = String::new();
        for sentence in diagram.to_words() {
            let _ = write!(words, "<li>{}</li>", escape(&sentence));
        }
        Ok(format!(
            "<figure class=\"sl-diagram\">{caption}{svg}<details class=\"sl-in-words\"><summary>In words</summary>\
             <ol>{words}</ol></details></figure>"
        ))
    }
}
