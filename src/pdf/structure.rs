//! The pages' structure tree into structure elements and the parent tree
//! (ISO 32000-1, 14.7 and 14.8).
//!
//! 1. Content is gathered by node from the pages' marked-content sequences and links.
//! 2. Nodes that hold nothing are left out, cells of a table excepted: its columns need them.
//! 3. Each node becomes an element whose kids stand in reading order: children as the tree has
//!    them, the node's own content between them as it is painted.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::{Bounds, Sequence};
use super::syntax::{count, reals, text_string};
use super::tree::{name_tree, number_tree};
use crate::page::{ListNumbering, Node, NodeId, Role, Scope, StructureTree};

/// What a page contributes to the structure.
#[derive(Debug)]
pub(super) struct TaggedPage {
    /// The page.
    pub(super) page: ObjectId,
    /// Its sequences, by their MCID.
    pub(super) sequences: Vec<Sequence>,
    /// Its annotations with their nodes.
    pub(super) annotations: Vec<(ObjectId, NodeId)>,
}

/// Which nodes belong to a picture or formula: those need to say what they cover.
#[derive(Debug)]
pub(super) struct FigureIndex {
    figures: Vec<Option<NodeId>>,
}

impl FigureIndex {
    /// Looks through the tree, in which every node comes after its parent.
    pub(super) fn new(tree: &StructureTree) -> Self {
        let mut figures: Vec<Option<NodeId>> = Vec::with_capacity(tree.iter().len());
        for (id, node) in tree.iter() {
            let above = node.parent.and_then(|parent| *figures.get(parent.index())?);
            figures.push(above.or(has_bounds(node.role).then_some(id)));
        }
        Self { figures }
    }

    /// The picture or formula that the node is or lies in.
    pub(super) fn figure_of(&self, node: NodeId) -> Option<NodeId> {
        *self.figures.get(node.index())?
    }
}

/// The structure type of a role (14.8.4). `Aside` is mapped to `Sect` by the role map.
pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Aside => "Aside",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(6..) => "H6",
        Role::Paragraph => "P",
        Role::List(_) => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::BlockQuote => "BlockQuote",
        Role::Quote => "Quote",
        Role::Code => "Code",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableRow => "TR",
        Role::TableHeader(_) => "TH",
        Role::TableCell => "TD",
        Role::Caption => "Caption",
        Role::Figure => "Figure",
        Role::Formula => "Formula",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::Link => "Link",
        Role::Span => "Span",
        Role::Division => "Div",
    }
}

fn has_bounds(role: Role) -> bool {
    matches!(role, Role::Figure | Role::Formula)
}

/// Builds the elements and returns the structure tree's root. The pages' `/StructParents` are
/// their indices; the annotations' `/StructParent`s go on from there.
pub(super) fn build(
    document: &mut Document,
    tree: &StructureTree,
    figures: &FigureIndex,
    pages: &[TaggedPage],
) -> ObjectId {
    let root = document.new_object_id();
    let mut nodes = gather(tree, figures, pages);
    keep_needed(tree, &mut nodes);
    for ((_, node), gathered) in tree.iter().zip(&mut nodes).filter(|(_, node)| node.is_kept) {
        gathered.element = Some(document.new_object_id());
        let needs_link = node.role != Role::Link && !gathered.annotations.is_empty();
        gathered.link = needs_link.then(|| document.new_object_id());
    }
    for (id, _) in tree.iter() {
        add_element(document, tree, &nodes, pages, id, root);
    }
    let parents = parent_tree(document, &nodes, pages);
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "RoleMap" => dictionary! { "Aside" => "Sect" },
        "ParentTree" => parents,
        "ParentTreeNextKey" => count(pages.len() + annotation_count(pages)),
    };
    if let Some(top) = nodes.first().and_then(|node| node.element) {
        dictionary.set("K", vec![Object::Reference(top)]);
    }
    if let Some(ids) = id_tree(document, tree, &nodes) {
        dictionary.set("IDTree", ids);
    }
    document.set_object(root, dictionary);
    root
}

fn annotation_count(pages: &[TaggedPage]) -> usize {
    pages.iter().map(|page| page.annotations.len()).sum()
}

/// A node with what the pages hold of it.
#[derive(Default)]
struct Gathered {
    marks: Vec<Mark>,
    /// The annotations with their pages.
    annotations: Vec<(usize, ObjectId)>,
    /// Its first content's or its children's place in the order of painting.
    first: Option<usize>,
    /// The page of its first content, and what it covers there.
    bounds: Option<(usize, Bounds)>,
    is_kept: bool,
    element: Option<ObjectId>,
    /// The link inside it that holds all its content: an annotation must lie in a link
    /// (ISO 14289-1, 7.18.5), also where the layout gives it to a node of another role.
    link: Option<ObjectId>,
}

/// A marked-content sequence of a node.
struct Mark {
    /// Its place among all sequences of the document.
    order: usize,
    page: usize,
    mcid: usize,
}

impl Gathered {
    /// The element that content refers to as its parent.
    fn holder(&self) -> Option<ObjectId> {
        self.link.or(self.element)
    }
}

fn gather(tree: &StructureTree, figures: &FigureIndex, pages: &[TaggedPage]) -> Vec<Gathered> {
    let mut nodes: Vec<Gathered> = tree.iter().map(|_| Gathered::default()).collect();
    let mut order = 0;
    for (page, tagged) in pages.iter().enumerate() {
        for (mcid, sequence) in tagged.sequences.iter().enumerate() {
            let node = &mut nodes[sequence.node.index()];
            node.marks.push(Mark { order, page, mcid });
            node.first.get_or_insert(order);
            order += 1;
            if let (Some(figure), Some(bounds)) =
                (figures.figure_of(sequence.node), sequence.bounds)
            {
                extend_bounds(&mut nodes[figure.index()].bounds, page, bounds);
            }
        }
        for (annotation, node) in &tagged.annotations {
            let node = &mut nodes[node.index()];
            node.annotations.push((page, *annotation));
            node.first.get_or_insert(order);
        }
    }
    nodes
}

/// A figure that goes on to another page says what it covers on its first.
fn extend_bounds(known: &mut Option<(usize, Bounds)>, page: usize, more: Bounds) {
    match known {
        None => *known = Some((page, more)),
        Some((first, bounds)) if *first == page => *bounds = bounds.union(more),
        Some(_) => {}
    }
}

/// Decides which nodes become elements. Nodes come after their parents, so one pass backwards
/// brings content up and one forwards keeps the cells of what is kept.
fn keep_needed(tree: &StructureTree, nodes: &mut [Gathered]) {
    let upwards: Vec<_> = tree.iter().collect();
    for (id, node) in upwards.into_iter().rev() {
        let first = nodes[id.index()].first;
        nodes[id.index()].is_kept = first.is_some();
        if let (Some(first), Some(parent)) = (first, node.parent) {
            let known = &mut nodes[parent.index()].first;
            *known = Some(known.map_or(first, |known| known.min(first)));
        }
    }
    for (id, node) in tree.iter() {
        let parent_is_kept = node.parent.is_some_and(|parent| nodes[parent.index()].is_kept);
        nodes[id.index()].is_kept |= parent_is_kept && completes_a_table(node.role);
    }
    // A file of empty pages still has its document element.
    nodes[StructureTree::ROOT.index()].is_kept = true;
}

fn completes_a_table(role: Role) -> bool {
    matches!(role, Role::TableRow | Role::TableCell | Role::TableHeader(_))
}

fn add_element(
    document: &mut Document,
    tree: &StructureTree,
    nodes: &[Gathered],
    pages: &[TaggedPage],
    id: NodeId,
    root: ObjectId,
) {
    let (node, gathered) = (tree.node(id), &nodes[id.index()]);
    let Some(element) = gathered.element else { return };
    let parent = node.parent.and_then(|parent| nodes[parent.index()].holder()).unwrap_or(root);
    let mut dictionary = describe(node, id);
    dictionary.set("P", parent);
    if has_bounds(node.role)
        && let Some((_, bounds)) = gathered.bounds
    {
        dictionary.set("A", layout_attributes(bounds));
    }
    let mut kids = Kids { pages, own_page: None, items: Vec::new() };
    kids.add_all(node, gathered, nodes);
    match gathered.link {
        None => kids.finish(&mut dictionary),
        Some(link) => {
            let mut inner = dictionary! { "S" => "Link", "P" => element };
            kids.finish(&mut inner);
            document.set_object(link, inner);
            dictionary.set("K", link);
        }
    }
    document.set_object(element, dictionary);
}

/// Type, language, alternative text and attributes of an element.
fn describe(node: &Node, id: NodeId) -> Dictionary {
    let mut dictionary = dictionary! { "S" => role_name(node.role) };
    if let Some(language) = &node.language {
        dictionary.set("Lang", text_string(language.as_str()));
    }
    if let Some(alt) = &node.alt {
        dictionary.set("Alt", text_string(alt));
    }
    if let Role::List(numbering) = node.role {
        let numbering = match numbering {
            ListNumbering::None => "None",
            ListNumbering::Disc => "Disc",
            ListNumbering::Decimal => "Decimal",
        };
        dictionary.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
    }
    if let Role::TableHeader(scope) = node.role {
        let scope = match scope {
            Scope::Row => "Row",
            Scope::Column => "Column",
        };
        dictionary.set("A", dictionary! { "O" => "Table", "Scope" => scope });
    }
    if node.role == Role::Note {
        dictionary.set("ID", Object::string_literal(element_id(id)));
    }
    dictionary
}

/// An identifier of one length for all nodes, so that their order is that of the nodes.
fn element_id(id: NodeId) -> String {
    format!("n{:010}", id.index())
}

fn layout_attributes(bounds: Bounds) -> Dictionary {
    dictionary! { "O" => "Layout", "BBox" => reals(&bounds.edges) }
}

/// The kids of an element.
struct Kids<'a> {
    pages: &'a [TaggedPage],
    /// The page that sequences are on unless they say otherwise.
    own_page: Option<usize>,
    items: Vec<Object>,
}

impl Kids<'_> {
    /// Children in the tree's order, each preceded by the node's own content that is painted
    /// before it; then the rest of the content, and the annotations.
    fn add_all(&mut self, node: &Node, gathered: &Gathered, nodes: &[Gathered]) {
        let mut marks = gathered.marks.iter().peekable();
        for child in &node.children {
            let child = &nodes[child.index()];
            let Some(element) = child.element else { continue };
            let first = child.first.unwrap_or_default();
            while let Some(mark) = marks.next_if(|mark| mark.order < first) {
                self.add_mark(mark);
            }
            self.items.push(Object::Reference(element));
        }
        marks.for_each(|mark| self.add_mark(mark));
        for (page, annotation) in &gathered.annotations {
            let mut reference = dictionary! { "Type" => "OBJR", "Obj" => *annotation };
            self.set_page(&mut reference, *page);
            self.items.push(Object::Dictionary(reference));
        }
    }

    fn add_mark(&mut self, mark: &Mark) {
        if *self.own_page.get_or_insert(mark.page) == mark.page {
            return self.items.push(Object::Integer(count(mark.mcid)));
        }
        let mut reference = dictionary! { "Type" => "MCR", "MCID" => count(mark.mcid) };
        self.set_page(&mut reference, mark.page);
        self.items.push(Object::Dictionary(reference));
    }

    fn set_page(&self, reference: &mut Dictionary, page: usize) {
        if let Some(tagged) = self.pages.get(page) {
            reference.set("Pg", tagged.page);
        }
    }

    fn finish(mut self, element: &mut Dictionary) {
        if let Some(page) = self.own_page {
            self.set_page(element, page);
        }
        match self.items.len() {
            0 => {}
            1 => element.set("K", self.items.swap_remove(0)),
            _ => element.set("K", self.items),
        }
    }
}

/// The map from pages' sequences, and from annotations, to their elements (14.7.4.4).
fn parent_tree(document: &mut Document, nodes: &[Gathered], pages: &[TaggedPage]) -> ObjectId {
    let holder =
        |node: NodeId| nodes[node.index()].holder().map_or(Object::Null, Object::Reference);
    let mut entries = Vec::with_capacity(pages.len() + annotation_count(pages));
    for page in pages {
        let holders = page.sequences.iter().map(|sequence| holder(sequence.node)).collect();
        entries.push(Object::Reference(document.add_object(Object::Array(holders))));
    }
    let annotations = pages.iter().flat_map(|page| &page.annotations);
    entries.extend(annotations.map(|(_, node)| holder(*node)));
    number_tree(document, entries)
}

fn id_tree(document: &mut Document, tree: &StructureTree, nodes: &[Gathered]) -> Option<ObjectId> {
    let entries: Vec<_> = tree
        .iter()
        .filter(|(_, node)| node.role == Role::Note)
        .filter_map(|(id, _)| {
            let element = nodes[id.index()].element?;
            Some((element_id(id).into_bytes(), Object::Reference(element)))
        })
        .collect();
    (!entries.is_empty()).then(|| name_tree(document, entries))
}
