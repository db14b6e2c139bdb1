package org.rosterkeep.rules;

/// The papers a rule rests on, as files: the district's profile, a vendor, an agreement. Each is read by the same code
/// when somebody hands it in and when it comes back from the shelf.
final class PaperFile {
    private final ControllerFile controllers;
    private final VendorFile vendors;
    private final AgreementFile agreements;

    PaperFile(Charter charter, Elements elements) {
        PaperParts parts = new PaperParts(charter, elements);
        controllers = new ControllerFile(parts);
        vendors = new VendorFile(parts);
        agreements = new AgreementFile(parts);
    }

    Checked<Controller> controller(byte[] file) {
        return controllers.read(file);
    }

    byte[] write(Controller one) {
        return controllers.write(one);
    }

    Checked<Vendor> vendor(byte[] file) {
        return vendors.read(file);
    }

    byte[] write(Vendor one) {
        return vendors.write(one);
    }

    Checked<Agreement> agreement(byte[] file) {
        return agreements.read(file);
    }

    byte[] write(Agreement one) {
        return agreements.write(one);
    }
}
