//! Every key that front matter may hold, with the names that other tools have for it.

use super::fields::fields;

fields! {
    /// The front matter itself.
    TopKeys: "the front matter" {
        title: "title" => "title: Robin Smalley",
        subtitle: "subtitle" => "subtitle: A life in two careers",
        headline: "headline" => "headline: Mothers on the payroll",
        summary: "summary" | "abstract" | "excerpt" => "summary: What the text says, in a paragraph.",
        description: "description" => "description: What it is, for catalogues.",
        kind: "kind" => "kind: profile",
        slug: "slug" => "slug: robin-smalley",
        language: "lang" | "language" | "locale" => "lang: en-GB",
        direction: "dir" | "page-progression-direction" => "dir: ltr",
        date: "date" => "date: 2026-11-02",
        modified: "modified" | "lastmod" | "last-modified-at" | "date-modified" => "modified: 2026-11-02T09:00:00Z",
        version: "version" => "version: 1.10",
        author: "author" | "authors" | "creator" => "author: Press office",
        contributor: "contributor" | "contributors" => "contributor: {name: Ann Lee, role: photographer}",
        publisher: "publisher" => "publisher: mothers2mothers",
        organization: "organization" | "organisation" => "organization: mothers2mothers",
        people: "people" | "person" => "people: [{name: Robin Smalley, role: Co-founder}]",
        identifier: "identifier" | "isbn" | "doi" => "identifier: urn:isbn:9780000000002",
        subject: "subject" | "subjects" => "subject: [Public health]",
        keywords: "keywords" | "keyword" => "keywords: [HIV, Cape Town]",
        tags: "tags" | "tag" => "tags: [HIV, Cape Town]",
        categories: "categories" | "category" => "categories: [Health]",
        rights: "rights" => "rights: © 2026 mothers2mothers",
        license: "license" | "licence" => "license: CC-BY-4.0",
        collection: "belongs-to-collection" | "series" => "belongs-to-collection: Portraits",
        position: "group-position" => "group-position: 3",
        dateline: "dateline" => "dateline: Los Angeles",
        release: "release" => "release: immediate",
        audience: "audience" => "audience: press",
        facts: "facts" | "fact" => "facts: [{id: people-employed, label: People employed, value: about 1,800}]",
        timeline: "timeline" => "timeline: [{date: 2004, title: Cape Town}]",
        quotes: "quotes" | "quote" => "quotes: [{text: It overran., by: Robin Smalley}]",
        awards: "awards" | "award" => "awards: [Telly Award]",
        coverage: "coverage" => "coverage: [{title: A year in Cape Town, publication: The Times}]",
        boilerplate: "boilerplate" => "boilerplate: What the organisation says of itself.",
        contacts: "contacts" | "contact" => "contacts: [{name: Press office, email: press@example.org}]",
        usage: "usage" => "usage: The pictures are free for editorial use.",
        links: "links" | "link" => "links: [{title: Website, url: 'https://example.org/'}]",
        cover_image: "cover-image" => "cover-image: pictures/cover.jpg",
        cover_alt: "cover-alt" => "cover-alt: A woman at a desk.",
        assets: "assets" | "asset" => "assets: [{src: pictures/a.jpg, alt: A woman at a desk.}]",
        video: "video" | "videos" => "video: [{title: The film, url: 'https://example.org/film'}]",
        parts: "parts" | "part" => "parts: [chapters/*.md]",
        theme: "theme" => "theme: feature",
        paper: "paper" => "paper: a4",
        page_list: "page-list" => "page-list: true",
        editions: "editions" | "edition" => "editions: [press-kit, profile]",
        variants: "variants" | "variant" => "variants: [{name: letter, paper: letter}]",
    }
}

fields! {
    /// The front matter of a part.
    PartKeys: "the front matter of a part" {
        title: "title" => "title: Cape Town",
        language: "lang" | "language" | "locale" => "lang: fr",
    }
}

fields! {
    /// Somebody who had a hand in the work.
    AgentKeys: "an author", text is "name" {
        name: "name" | "text" => "author: {name: Ann Lee}",
        role: "role" => "author: {name: Ann Lee, role: editor}",
        file_as: "file-as" => "author: {name: Ann Lee, file-as: 'Lee, Ann'}",
    }
}

fields! {
    /// A publisher, an organisation, a licence, or a series.
    NameKeys: "a name", text is "name" {
        name: "name" | "title" | "text" => "name: mothers2mothers",
        position: "position" | "group-position" => "belongs-to-collection: {name: Portraits, position: 3}",
    }
}

fields! {
    /// An identifier, as Pandoc's EPUB metadata has it.
    IdentifierKeys: "an identifier", text is "text" {
        text: "text" | "value" => "identifier: urn:isbn:9780000000002",
        scheme: "scheme" => "identifier: {scheme: ISBN, text: 978-0-00-000000-2}",
    }
}

fields! {
    /// When a text may be published.
    ReleaseKeys: "a release", text is "text" {
        text: "text" => "release: immediate",
        until: "embargoed-until" | "embargo" => "release: {embargoed-until: 2026-11-02T09:00:00+01:00}",
        note: "note" => "release: {embargoed-until: 2026-11-02T09:00:00+01:00, note: Not for broadcast.}",
    }
}

fields! {
    /// A person.
    PersonKeys: "a person", text is "name" {
        id: "id" => "id: robin-smalley",
        name: "name" => "name: Robin Smalley",
        role: "role" => "role: Co-founder",
        bio: "bio" | "biography" => "bio: {short: A life in fifty words.}",
        image: "image" | "portrait" => "image: pictures/robin.jpg",
        alt: "image-alt" | "alt" => "image-alt: A woman at a desk.",
        same_as: "same-as" => "same-as: [https://example.org/robin]",
    }
}

fields! {
    /// A life in three lengths.
    BioKeys: "a biography" {
        short: "short" => "bio: {short: A life in fifty words.}",
        medium: "medium" => "bio: {medium: A life in a hundred words.}",
        long: "long" => "bio: {long: A life in 250 words.}",
    }
}

fields! {
    /// A picture.
    PictureKeys: "a picture", text is "src" {
        src: "src" | "path" | "file" => "image: pictures/robin.jpg",
        alt: "alt" => "image: {src: pictures/robin.jpg, alt: A woman at a desk.}",
    }
}

fields! {
    /// A fact.
    FactKeys: "a fact" {
        id: "id" => "id: people-employed",
        label: "label" => "label: People employed",
        value: "value" => "value: about 1,800",
        unit: "unit" => "unit: \"%\"",
        as_of: "as-of" => "as-of: 2026-11",
        source: "source" => "source: Annual report",
    }
}

fields! {
    /// Something that happened.
    TimelineKeys: "an entry of the timeline" {
        date: "date" => "date: 2004",
        title: "title" => "title: Cape Town",
        text: "text" => "text: Moves for a planned year.",
    }
}

fields! {
    /// Words to be quoted.
    QuoteKeys: "a quote", text is "text" {
        text: "text" | "quote" => "text: It overran.",
        by: "by" | "author" => "by: Robin Smalley",
        source: "source" => "source: Interview, 2026",
        url: "url" | "href" => "url: https://example.org/interview",
    }
}

fields! {
    /// An honour.
    AwardKeys: "an award", text is "title" {
        title: "title" | "name" => "title: Telly Award",
        by: "by" => "by: The Telly Awards",
        date: "date" | "year" => "date: 2001",
    }
}

fields! {
    /// What somebody else has published.
    CoverageKeys: "an item of coverage", text is "title" {
        title: "title" => "title: A year in Cape Town",
        publication: "publication" | "by" => "publication: The Times",
        date: "date" => "date: 2026-11-02",
        url: "url" | "href" => "url: https://example.org/article",
    }
}

fields! {
    /// Whom to ask.
    ContactKeys: "a contact", text is "name" {
        name: "name" => "name: Press office",
        role: "role" => "role: Media relations",
        email: "email" | "e-mail" | "mail" => "email: press@example.org",
        phone: "phone" | "telephone" | "tel" => "phone: +27 21 000 0000",
        hours: "hours" => "hours: Monday to Friday, 9 to 17",
    }
}

fields! {
    /// An address.
    LinkKeys: "a link", text is "url" {
        title: "title" | "label" | "name" | "text" => "title: Website",
        url: "url" | "href" => "url: https://example.org/",
    }
}

fields! {
    /// Data on a picture.
    AssetKeys: "an asset", text is "src" {
        src: "src" | "path" | "file" => "src: pictures/a.jpg",
        alt: "alt" => "alt: A woman at a desk.",
        caption: "caption" => "caption: Robin Smalley in Cape Town.",
        credit: "credit" => "credit: \"Photograph: Ann Lee\"",
        copyright: "copyright" => "copyright: © 2026 Ann Lee",
        license: "license" | "licence" => "license: CC-BY-4.0",
        people: "people" => "people: [Robin Smalley]",
        location: "location" => "location: Cape Town",
        date: "date" => "date: 2007",
    }
}

fields! {
    /// A variant of the artifacts.
    VariantKeys: "a variant", text is "name" {
        name: "name" => "name: letter",
        audience: "audience" => "audience: press",
        paper: "paper" => "paper: letter",
        theme: "theme" => "theme: feature",
    }
}
