//! What an SVG may cost: refuses files that would swell or run for ever, before they do.
//!
//! 1. [`check_entities`] looks at the text, before it is parsed as XML.
//! 2. [`check_document`] counts what `use` and paint servers multiply, before the drawing is made.
//! 3. [`check_tree`] counts what a renderer would have to do.

use std::collections::BTreeMap;

use resvg::usvg::{self, filter, roxmltree};

use super::complaint::Complaint;
use crate::diagnostics::codes;

/// The most bytes that entities may expand to.
const MOST_EXPANDED_BYTES: usize = 16 << 20;
/// The most elements after expansion; 64 bytes of attributes or text count as one more.
const MOST_ELEMENTS: u64 = 300_000;
/// How deep elements may nest after expansion.
const DEEPEST: usize = 100;
/// The most masks, clips and patterns that style sheets may name: they could form a chain.
const MOST_STYLED_REFERENCES: usize = 1000;
/// The most nodes that a renderer comes past, shared ones as often as they are used.
const MOST_VISITS: usize = 1_000_000;
/// The most groups that need a layer of their own, in all and one inside the other.
const MOST_LAYERS: (usize, usize) = (5000, 32);
/// The most steps that filters may take.
const MOST_FILTER_STEPS: usize = 1000;
/// The most pixels that embedded pictures may have together.
const MOST_EMBEDDED_PIXELS: f64 = 100e6;

fn too_complex(what: &str) -> Complaint {
    Complaint::new(codes::PICTURE_TOO_LARGE, format!("is an SVG {what}"))
        .with_help("simplify the drawing, or save it as PNG")
}

/// Refuses entities that would swell the text. One that names another is refused whatever its
/// size: no drawing program writes it.
pub(super) fn check_entities(text: &str) -> Result<(), Complaint> {
    const PREDEFINED: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    let names_entity = |after: &str| {
        !after.starts_with('#') && !PREDEFINED.iter().any(|name| after.starts_with(name))
    };
    let mut longest = 0;
    for declaration in text.split("<!ENTITY").skip(1) {
        let Some(start) = declaration.find(['"', '\'']) else { continue };
        let quote = if declaration[start..].starts_with('"') { '"' } else { '\'' };
        let value = declaration[start + 1..].split(quote).next().unwrap_or_default();
        if value.split('&').skip(1).any(names_entity) {
            return Err(too_complex("whose entities name one another"));
        }
        longest = longest.max(value.len());
    }
    let references = text.split('&').skip(1).filter(|after| names_entity(after)).count();
    if longest.saturating_mul(references) > MOST_EXPANDED_BYTES {
        return Err(too_complex("whose entities expand beyond all bounds"));
    }
    Ok(())
}

/// Refuses a document that `use`, masks, patterns, clips and markers would multiply beyond bounds.
pub(super) fn check_document(document: &roxmltree::Document<'_>) -> Result<(), Complaint> {
    let mut expansion = Expansion::new(document);
    let own = expansion.cost(document.root(), 0)?;
    let styled = expansion.styled_cost()?;
    if own.elements.saturating_add(styled) > MOST_ELEMENTS {
        return Err(too_complex("of more elements than can be drawn"));
    }
    Ok(())
}

type Node<'a> = roxmltree::Node<'a, 'a>;

/// What a node comes to with all that it refers to.
#[derive(Clone, Copy, Default)]
struct Cost {
    elements: u64,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Progress {
    /// It is being counted further up: a circle, which the parser breaks.
    Open,
    Done(Cost),
}

struct Expansion<'a> {
    document: &'a roxmltree::Document<'a>,
    by_id: BTreeMap<&'a str, Node<'a>>,
    /// By the number of the node.
    progress: BTreeMap<u32, Progress>,
}

impl<'a> Expansion<'a> {
    fn new(document: &'a roxmltree::Document<'a>) -> Self {
        let named = |node: Node<'a>| node.attribute("id").map(|id| (id, node));
        let by_id = document.descendants().filter_map(named).collect();
        Self { document, by_id, progress: BTreeMap::new() }
    }

    /// Counts a node; `level` bounds the recursion, which goes as deep as the drawing will.
    fn cost(&mut self, node: Node<'a>, level: usize) -> Result<Cost, Complaint> {
        match self.progress.get(&node.id().get()) {
            Some(Progress::Open) => return Ok(Cost::default()),
            Some(Progress::Done(cost)) => return within(*cost, level),
            None => {}
        }
        if level > DEEPEST {
            return Err(too_complex("that nests too deep"));
        }
        self.progress.insert(node.id().get(), Progress::Open);
        let mut cost = Cost { elements: 1 + own_bytes(node) / 64, depth: 1 };
        let uses = references(node).filter_map(|(id, times)| Some((*self.by_id.get(id)?, times)));
        let children = node.children().map(|child| (child, 1));
        for (part, times) in children.chain(uses.collect::<Vec<_>>()) {
            let part = self.cost(part, level + 1)?;
            cost.elements = cost.elements.saturating_add(part.elements.saturating_mul(times));
            cost.depth = cost.depth.max(part.depth + 1);
        }
        self.progress.insert(node.id().get(), Progress::Done(cost));
        Ok(cost)
    }

    /// What references from style sheets may add at most: which elements they reach is not
    /// known, so the costliest is counted for every element.
    fn styled_cost(&mut self) -> Result<u64, Complaint> {
        let styles = self.document.descendants().filter(|node| is_element(*node, "style"));
        let text: String =
            styles.flat_map(|node| node.children()).filter_map(|it| it.text()).collect();
        let is_gradient = |node: &Node<'a>| node.tag_name().name().ends_with("Gradient");
        let named = |id| self.by_id.get(id).copied().filter(|node| !is_gradient(node));
        let named: BTreeMap<_, _> =
            url_references(&text).filter_map(|id| Some((id, named(id)?))).collect();
        if named.len() > MOST_STYLED_REFERENCES {
            return Err(too_complex("whose style sheet names too many masks and patterns"));
        }
        let mut costliest = 0;
        for node in named.into_values() {
            costliest = costliest.max(self.cost(node, 0)?.elements);
        }
        let times: u64 = self.document.descendants().filter(Node::is_element).map(vertices).sum();
        Ok(costliest.saturating_mul(times))
    }
}

fn within(cost: Cost, level: usize) -> Result<Cost, Complaint> {
    if level + cost.depth > DEEPEST {
        return Err(too_complex("that nests too deep"));
    }
    Ok(cost)
}

fn is_element(node: Node<'_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn own_bytes(node: Node<'_>) -> u64 {
    let attributes: usize = node.attributes().map(|attribute| attribute.value().len()).sum();
    (attributes + node.text().map_or(0, str::len)) as u64
}

/// The most vertices that an element can have: a marker stands on each.
fn vertices(node: Node<'_>) -> u64 {
    let outline = node.attribute("d").or_else(|| node.attribute("points"));
    1 + outline.map_or(0, |outline| outline.len() as u64 / 4)
}

/// The identifiers that an element refers to by its attributes, and how often each is drawn.
fn references(node: Node<'_>) -> impl Iterator<Item = (&str, u64)> {
    node.attributes().flat_map(move |attribute| {
        let times = if attribute.name().starts_with("marker") || attribute.name() == "style" {
            vertices(node)
        } else {
            1
        };
        let href = (attribute.name() == "href").then(|| attribute.value().trim()).into_iter();
        let href = href.filter_map(|value| value.strip_prefix('#'));
        href.chain(url_references(attribute.value())).map(move |id| (id, times))
    })
}

/// The identifiers in `url(#…)`, quoted or not.
fn url_references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|after| {
        let inside = after.split(')').next()?;
        inside.trim_matches([' ', '"', '\'']).strip_prefix('#')
    })
}

/// Refuses a drawing that would take a renderer too long or too much memory.
pub(super) fn check_tree(tree: &usvg::Tree) -> Result<(), Complaint> {
    let mut work =
        Work { open: vec![Open { group: tree.root(), depth: 0, layers: 0 }], ..Work::default() };
    while let Some(next) = work.open.pop() {
        work.visit(next)?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Open<'a> {
    group: &'a usvg::Group,
    depth: usize,
    /// How many groups above it have a layer.
    layers: usize,
}

#[derive(Default)]
struct Work<'a> {
    open: Vec<Open<'a>>,
    visits: usize,
    layers: usize,
    filter_steps: usize,
    embedded_pixels: f64,
}

impl<'a> Work<'a> {
    fn visit(&mut self, at: Open<'a>) -> Result<(), Complaint> {
        let isolated = usize::from(at.group.should_isolate());
        let layers = at.layers + isolated;
        self.layers += isolated;
        if at.depth > 4 * DEEPEST {
            return Err(too_complex("that nests too deep"));
        }
        if self.layers > MOST_LAYERS.0 || layers > MOST_LAYERS.1 {
            return Err(too_complex("of too many layers"));
        }
        let below = |group| Open { group, depth: at.depth + 1, layers };
        let mut clip = at.group.clip_path();
        while let Some(path) = clip {
            self.open.push(below(path.root()));
            clip = path.clip_path();
        }
        let mut mask = at.group.mask();
        while let Some(found) = mask {
            self.open.push(Open { layers: layers + 1, ..below(found.root()) });
            mask = found.mask();
        }
        for step in at.group.filters().iter().flat_map(|filter| filter.primitives()) {
            self.take_filter(step.kind())?;
            if let filter::Kind::Image(image) = step.kind() {
                self.open.push(below(image.root()));
            }
        }
        for node in at.group.children() {
            self.take_node(node, below)?;
        }
        Ok(())
    }

    fn take_node(
        &mut self,
        node: &'a usvg::Node,
        below: impl Fn(&'a usvg::Group) -> Open<'a>,
    ) -> Result<(), Complaint> {
        self.visits += 1;
        match node {
            usvg::Node::Group(group) => self.open.push(below(group)),
            usvg::Node::Text(text) => self.open.push(below(text.flattened())),
            usvg::Node::Image(image) => {
                let size = image.size();
                self.embedded_pixels += f64::from(size.width()) * f64::from(size.height());
            }
            usvg::Node::Path(path) => {
                let paints =
                    [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
                for paint in paints.into_iter().flatten() {
                    if let usvg::Paint::Pattern(pattern) = paint {
                        self.open.push(below(pattern.root()));
                    }
                }
            }
        }
        if self.visits > MOST_VISITS {
            return Err(too_complex("of more elements than can be drawn"));
        }
        if self.embedded_pixels > MOST_EMBEDDED_PIXELS {
            return Err(too_complex("with too many embedded pixels"));
        }
        Ok(())
    }

    /// The filters whose cost for one pixel grows with a number in the file.
    fn take_filter(&mut self, kind: &filter::Kind) -> Result<(), Complaint> {
        self.filter_steps += 1;
        let is_costly = match kind {
            filter::Kind::Turbulence(turbulence) => turbulence.num_octaves() > 10,
            filter::Kind::ConvolveMatrix(convolve) => convolve.matrix().data().len() > 225,
            filter::Kind::Morphology(morphology) => {
                morphology.radius_x().get().max(morphology.radius_y().get()) > 50.0
            }
            _ => false,
        };
        if is_costly || self.filter_steps > MOST_FILTER_STEPS {
            return Err(too_complex("whose filters take too long"));
        }
        Ok(())
    }
}
