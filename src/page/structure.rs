//! The logical structure of the pages: a tree of nodes in reading order.

use crate::model::{Label, Language};

/// A node of a [`StructureTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The place in the tree's list of nodes.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is (ISO 32000-1, 14.8.4, in PDF's own terms).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole.
    Document,
    /// A section.
    Section,
    /// A passage beside the main text.
    Aside,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List(ListNumbering),
    /// An item of a list.
    ListItem,
    /// A bullet, number or note mark.
    Label,
    /// What an item holds beside its label.
    ListBody,
    /// A quotation of blocks.
    BlockQuote,
    /// A quotation in the line.
    Quote,
    /// Preformatted text.
    Code,
    /// A table.
    Table,
    /// Its heading rows.
    TableHead,
    /// Its other rows.
    TableBody,
    /// A row.
    TableRow,
    /// A cell that heads others.
    TableHeader(Scope),
    /// A cell.
    TableCell,
    /// The text that belongs to a picture or table.
    Caption,
    /// A picture.
    Figure,
    /// A formula.
    Formula,
    /// A note.
    Note,
    /// The call of a note.
    Reference,
    /// A link.
    Link,
    /// A stretch of text with a property of its own.
    Span,
    /// A division without a meaning of its own.
    Division,
}

/// How a list is numbered (ISO 32000-1, table 347).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListNumbering {
    /// It is not.
    None,
    /// Bullets.
    Disc,
    /// Arabic numbers.
    Decimal,
}

/// What a heading cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Its row.
    Row,
    /// Its column.
    Column,
}

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node that holds it; none for the root.
    pub parent: Option<NodeId>,
    /// The nodes it holds, in reading order.
    pub children: Vec<NodeId>,
    /// Its language, where it differs from its parent's.
    pub language: Option<Language>,
    /// What stands for it where it can't be seen.
    pub alt: Option<String>,
    /// The named place that it is.
    pub label: Option<Label>,
}

/// The tree; its first node is the [`Role::Document`].
#[derive(Clone, Debug, PartialEq)]
pub struct StructureTree {
    nodes: Vec<Node>,
}

impl StructureTree {
    /// The root.
    pub const ROOT: NodeId = NodeId(0);

    /// A tree that holds only its root.
    #[must_use]
    pub fn new() -> Self {
        Self { nodes: vec![Node::new(Role::Document, None)] }
    }

    /// Adds a node after its parent's other children.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node::new(role, Some(parent)));
        self.nodes[parent.index()].children.push(id);
        id
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// A node, to be changed.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    /// All nodes with their identifiers, in the order in which they were added.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (NodeId, &Node)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (NodeId(u32::try_from(index).unwrap_or(u32::MAX)), node))
    }
}

impl Default for StructureTree {
    fn default() -> Self {
        Self::new()
    }
}

impl Node {
    fn new(role: Role, parent: Option<NodeId>) -> Self {
        Self { role, parent, children: Vec::new(), language: None, alt: None, label: None }
    }
}
