package org.anodyne.it;

import javax.inject.Inject;
import org.junit.After;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** A test within the running platform, which it leaves as it was. One framework per class: each says so itself. */
@RunWith(PaxExam.class)
public abstract class InTheFramework {
    @Inject
    protected BundleContext context;

    /** What is in the framework. */
    @Configuration
    public Option[] platform() {
        return Lab.options();
    }

    @After
    public void asItWas() throws Exception {
        Lab.restore(context);
    }
}
