//! An edition into the paragraphs that its reader sees, as plain text.

use super::wording::format_date;
use super::{Body, Edition, Life, Opener, Role, Section};
use crate::model::{Alert, Block, Contact, Date, Exchange, Figure, Inline, PictureSource};

/// Every paragraph of an edition, in reading order.
pub(super) fn read(edition: &Edition) -> Vec<String> {
    let mut reader = Reader { edition, entries: Vec::new(), entry: String::new() };
    reader.opener(&edition.opener);
    edition.sections.iter().for_each(|section| reader.section(section));
    reader.entries
}

struct Reader<'a> {
    edition: &'a Edition,
    entries: Vec<String>,
    /// The entry that is being read, its white space not yet folded.
    entry: String,
}

impl Reader<'_> {
    fn end_entry(&mut self) {
        let mut words = self.entry.split_whitespace();
        if let Some(first) = words.next() {
            let folded = words.fold(first.to_owned(), |text, word| text + " " + word);
            self.entries.push(folded);
        }
        self.entry.clear();
    }

    fn line(&mut self, text: &str) {
        self.entry.push_str(text);
        self.end_entry();
    }

    fn lines<'t>(&mut self, texts: impl IntoIterator<Item = &'t String>) {
        texts.into_iter().for_each(|text| self.line(text));
    }

    fn date(&mut self, date: Option<Date>) {
        if let Some(date) = date {
            self.line(&format_date(&self.edition.words, date));
        }
    }

    fn text(&mut self, content: &[Inline]) {
        self.inlines(content);
        self.end_entry();
    }

    fn texts<const N: usize>(&mut self, texts: [&Vec<Inline>; N]) {
        for content in texts {
            self.text(content);
        }
    }

    /// Reads into the current entry, which ends at what is not characters.
    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.entry.push_str(&text.text),
                Inline::Styled { content, .. } => self.inlines(content),
                Inline::Link(link) => self.inlines(&link.content),
                Inline::LineBreak { .. } => self.entry.push('\n'),
                Inline::Math(_) | Inline::Picture(_) | Inline::NoteCall { .. } => self.end_entry(),
            }
        }
    }

    fn opener(&mut self, opener: &Opener) {
        self.lines(&opener.organization);
        self.lines([&opener.kind_line, &opener.title]);
        self.lines(&opener.subtitle);
        self.text(&opener.deck);
        self.lines(opener.release.iter().chain(&opener.dateline).chain(&opener.byline));
    }

    fn section(&mut self, section: &Section) {
        if section.role != Role::Story {
            self.text(&section.title);
        }
        self.body(&section.body);
        section.notes.iter().for_each(|note| self.blocks(&note.blocks));
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Prose(blocks) => self.blocks(blocks),
            Body::Facts(rows) => {
                for row in rows {
                    self.texts([&row.label, &row.value, &row.note]);
                }
            }
            Body::Timeline(entries) => {
                for entry in entries {
                    self.line(&entry.date.text);
                    self.texts([&entry.title, &entry.text]);
                }
            }
            Body::Biographies(lives) => lives.iter().for_each(|life| self.life(life)),
            Body::Quotes(quotes) => {
                for quote in quotes {
                    self.texts([&quote.text, &quote.by, &quote.source]);
                }
            }
            Body::Awards(awards) => {
                for award in awards {
                    self.texts([&award.title, &award.by]);
                    self.date(award.date);
                }
            }
            Body::Coverage(articles) => {
                for article in articles {
                    self.texts([&article.title, &article.publication]);
                    self.date(article.date);
                }
            }
            Body::Gallery(figures) => figures.iter().for_each(|figure| self.figure(figure)),
            Body::Video(films) => self.lines(films.iter().map(|film| &film.title)),
            Body::Links(links) => self.lines(links.iter().map(|link| &link.title)),
            Body::Contacts(contacts) => contacts.iter().for_each(|contact| self.contact(contact)),
        }
    }

    fn life(&mut self, life: &Life) {
        self.line(&life.name);
        self.lines(&life.role);
        for length in &life.lengths {
            self.line(&length.heading);
            self.blocks(&length.blocks);
        }
    }

    fn contact(&mut self, contact: &Contact) {
        let Contact { name, role, email, phone, hours, span: _ } = contact;
        self.line(name);
        self.lines(role.iter().chain(email).chain(phone).chain(hours));
    }

    fn figure(&mut self, figure: &Figure) {
        self.text(&figure.caption);
        for picture in &figure.pictures {
            let asset = match &picture.source {
                PictureSource::Local(path) => self.edition.assets.get(path),
                PictureSource::Remote(_) | PictureSource::Outside(_) => None,
            };
            self.lines(asset.and_then(|asset| asset.credit.as_ref()));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.text(&heading.content),
            Block::Paragraph { content, .. } => self.text(content),
            Block::Figure(figure) => self.figure(figure),
            Block::Quote(quote) => {
                self.blocks(&quote.blocks);
                self.text(quote.attribution.as_deref().unwrap_or_default());
            }
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Definitions { entries, .. } => {
                for entry in entries {
                    entry.terms.iter().for_each(|term| self.text(term));
                    entry.descriptions.iter().for_each(|description| self.blocks(description));
                }
            }
            Block::Interview(interview) => {
                interview.exchanges.iter().for_each(|exchange| self.exchange(exchange));
            }
            Block::Code(code) => code.text.lines().for_each(|line| self.line(line)),
            Block::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flat_map(|row| &row.cells).for_each(|cell| self.text(&cell.content));
            }
            Block::Alert(alert) => self.alert(alert),
            Block::Division { blocks, .. } => self.blocks(blocks),
            Block::Math { .. } | Block::Break { .. } => {}
        }
    }

    fn exchange(&mut self, exchange: &Exchange) {
        self.text(&exchange.question);
        self.blocks(&exchange.answer);
    }

    fn alert(&mut self, alert: &Alert) {
        self.line(self.edition.words.get(alert.kind.word()));
        self.blocks(&alert.blocks);
    }
}
