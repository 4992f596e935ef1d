package io.bedrockbudgeteer.local.template;

import io.bedrockbudgeteer.local.account.NotModelledException;

/// A place in a template, as messages name it: `Resources.Topic.Properties.Tags[0].Value`.
record Where(String path) {

    static final Where ROOT = new Where("");

    Where key(String key) {
        return new Where(path.isEmpty() ? key : path + "." + key);
    }

    Where item(int index) {
        return new Where(path + "[" + index + "]");
    }

    /// @param what what is wrong and what to do, as one sentence
    TemplateException wrong(String what) {
        return new TemplateException(path.isEmpty() ? what : path + ": " + what);
    }

    /// @param what a thing that CloudFormation or SAM may know and this runner does not
    NotModelledException unknown(String what) {
        return new NotModelledException(path.isEmpty() ? what : what + " at " + path);
    }

    @Override
    public String toString() {
        return path;
    }
}
